/**
 * The command line: one small class a command, messages, exit codes. The only place that prints to
 * standard output and ends the process. Imports {@code pipeline}, {@code pipeline.publishing},
 * {@code pipeline.trials}, {@code pipeline.run}, {@code report}, {@code tuning}, {@code
 * evaluation}, {@code export}, {@code softtargets}, {@code diagnosis}, {@code storage}, {@code
 * config.reading}, {@code config}, {@code software}, {@code text}, {@code failure}; picocli, Spark
 * and Hadoop.
 */
package io.sparkdistill.cli;
