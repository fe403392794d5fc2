#!/usr/bin/env bash
# Submits one command to a standalone cluster:
#
#   MASTER=spark://host:7077 \
#     deploy/standalone/submit.sh COMMAND CONF [--set key=value]... [-- spark-submit options]
#
# What stands behind -- wins over the same option below. Needs SPARK_HOME (Spark 3.5, Scala 2.12) and
# target/spark-distill.jar. Data, teacher and output must be at places that every machine sees: a shared
# file system, HDFS or an object store.
set -euo pipefail

: "${SPARK_HOME:?Set it to a Spark 3.5 distribution.}"
: "${MASTER:?Set it to the master, spark://host:7077.}"

root=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
task_cpus=1

# The driver's own native threads; the executors' are set below.
export OMP_NUM_THREADS=$task_cpus

options=(
  --master "$MASTER"
  # The driver runs in this process, so that its exit code is the script's. A driver in the cluster keeps
  # its exit code to itself.
  --deploy-mode client
  --total-executor-cores 16
  --executor-cores 2
  --driver-memory 2g
  # A worker hands out heap only and does not count native memory: leave as much as
  # maxphysicalbytes minus the heap free on its machine, for each executor.
  --executor-memory 4g
  # maxbytes limits ND4J's native memory; maxphysicalbytes limits the whole process, ONNX Runtime
  # included. spark-submit adds by itself what Java 17 must open.
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
