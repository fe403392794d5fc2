"""Distils each day's partition. An example: the tests of this project do not run it.

It starts spark-submit and does nothing else. One output a day: an output belongs to one data set, so a
day that runs again finds its own output, computes only what is missing, and changes no other day's.
"""

import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

HOME = os.environ.get("SPARK_DISTILL_HOME", "/opt/spark-distill")
NATIVE = "-Dorg.bytedeco.javacpp.maxbytes=3G -Dorg.bytedeco.javacpp.maxphysicalbytes=8G"


class DistillOperator(SparkSubmitOperator):
    """Retries exit code 75, "the environment failed", and runs that were killed, and nothing else.

    1 to 4 end the same way each time, and 5 is another run's output. The code is the driver's in client
    mode only, and the operator passes it on in its message only; what is not recognised is not retried.
    """

    # 137 and 143 are what a shell makes of SIGKILL and SIGTERM; of a child of its own Python says -9 and -15.
    AGAIN = tuple(f"Error code is: {code}." for code in (75, 137, 143, -9, -15))

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
    catchup=False,  # Backfill on purpose; each day has an output of its own.
    max_active_runs=1,
):
    DistillOperator(
        task_id="distill",
        conn_id="spark_default",
        application=f"{HOME}/spark-distill.jar",
        java_class="io.sparkdistill.cli.Main",
        application_args=[
            "run",
            f"{HOME}/distill.conf",
            "--set",
            "dataset.train.path=hdfs:///data/digits/train/day={{ data_interval_start | ds }}",
            "--set",
            "output=hdfs:///models/digits/{{ data_interval_start | ds }}",
        ],
        conf={"spark.executor.memoryOverhead": "4g", "spark.executor.extraJavaOptions": NATIVE},
        env_vars={"OMP_NUM_THREADS": "1"},
        retries=3,
        retry_delay=timedelta(minutes=10),
    )
