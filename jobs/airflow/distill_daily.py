"""Distils what has come since yesterday, and releases the student if it is better. An example: the tests
of this project do not run it. src/site/markdown/every-day.md says how it works, conf/every-day.conf is a
configuration for it.

It starts spark-submit and does nothing else. Nothing here names a day: there is one output, the training
rows are a folder that grows, and a run finds by itself which files have no answers yet. So a day that is
skipped is made up for by the next run, and a run that has nothing to do ends with 0.
"""

import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

HOME = os.environ.get("SPARK_DISTILL_HOME", "/opt/spark-distill")
CONF = f"{HOME}/every-day.conf"
NATIVE = "-Dorg.bytedeco.javacpp.maxbytes=3G -Dorg.bytedeco.javacpp.maxphysicalbytes=8G"


class DistillOperator(SparkSubmitOperator):
    """Retries exit code 75, "the environment failed", and runs that were killed, and nothing else.

    1 to 4 end the same way each time, and 5 is another run's output. The code is the driver's in client
    mode only, and the operator passes it on in its message only; what is not recognised is not retried.
    """

    # 137 and 143 are what a shell makes of SIGKILL and SIGTERM; of a child of its own Python says -9 and -15.
    AGAIN = tuple(f"Error code is: {code}." for code in (75, 137, 143, -9, -15))

    def __init__(self, *, command, **kwargs):
        super().__init__(
            conn_id="spark_default",
            application=f"{HOME}/spark-distill.jar",
            java_class="io.sparkdistill.cli.Main",
            application_args=[command, CONF],
            conf={"spark.executor.memoryOverhead": "4g", "spark.executor.extraJavaOptions": NATIVE},
            env_vars={"OMP_NUM_THREADS": "1"},
            retries=3,
            retry_delay=timedelta(minutes=10),
            **kwargs,
        )

    def execute(self, context):
        try:
            super().execute(context)
        except AirflowException as failure:
            if any(code in str(failure) for code in self.AGAIN):
                raise
            raise AirflowFailException(str(failure)) from failure


with DAG(
    dag_id="distill_daily",
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,  # One run makes up for all days that were missed.
    max_active_runs=1,  # A second one would end with exit code 5.
):
    # Put what waits for the day's rows before it: files that are still being written are no rows yet.
    run = DistillOperator(task_id="run", command="run")
    # Old lists of soft targets, and what nobody lists. Students stay.
    prune = DistillOperator(task_id="prune", command="prune")
    run >> prune
