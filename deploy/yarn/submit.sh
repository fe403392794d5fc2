#!/usr/bin/env bash
# Submits one command to YARN:
#
#   deploy/yarn/submit.sh COMMAND CONF [--set key=value]... [-- spark-submit options]
#
# What stands behind -- wins over the same option below. Needs SPARK_HOME (Spark 3.5, Scala 2.12),
# HADOOP_CONF_DIR and target/spark-distill.jar.
set -euo pipefail

: "${SPARK_HOME:?Set it to a Spark 3.5 distribution.}"
: "${HADOOP_CONF_DIR:?Set it to the folder of the cluster configuration.}"

root=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
task_cpus=1

# The driver's own native threads; the executors' are set below.
export OMP_NUM_THREADS=$task_cpus

options=(
  --master yarn
  # The driver runs in this process, so that its exit code is the script's. In cluster mode spark-submit
  # ends with 1 for every failure, a schedule cannot tell 75 (try again) from the others, and YARN starts a
  # failed driver again unless spark.yarn.maxAppAttempts is 1.
  --deploy-mode client
  --num-executors 8
  --executor-cores 2
  # Heap of the JVMs. Row blocks of the training data lie here, or on local disks.
  --driver-memory 2g
  --executor-memory 4g
  # Native memory of ND4J and ONNX Runtime: outside the heap, inside YARN's container.
  --conf spark.executor.memoryOverhead=4g
  # maxbytes limits ND4J and stays below the overhead. maxphysicalbytes is heap and overhead together:
  # JavaCPP reports an error there, before YARN kills the container. spark-submit adds by itself what
  # Java 17 must open.
  --conf "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxbytes=3G -Dorg.bytedeco.javacpp.maxphysicalbytes=8G"
  --conf "spark.driver.extraJavaOptions=-Dorg.bytedeco.javacpp.maxbytes=2G -Dorg.bytedeco.javacpp.maxphysicalbytes=6G"
  --conf "spark.task.cpus=$task_cpus"
  --conf "spark.executorEnv.OMP_NUM_THREADS=$task_cpus"
  --conf spark.hadoop.parquet.page.verify-checksum.enabled=true
  --conf spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version=1
)

source "$root/jobs/arguments" "$@"

exec "$root/jobs/submit" "${options[@]}" "${submit_options[@]}" \
  --class io.sparkdistill.cli.Main "$root/target/spark-distill.jar" "${arguments[@]}"
