/**
 * The command line: one small class a command, messages, exit codes. The only place that prints to
 * standard output and ends the process. Imports {@code pipeline}, {@code report}, {@code tuning},
 * {@code evaluation}, {@code softtargets}, {@code storage}, {@code config} and {@code failure}.
 */
package io.sparkdistill.cli;
