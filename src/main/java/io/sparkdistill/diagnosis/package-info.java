/**
 * What an exception of Spark, Hadoop or the JVM means to whoever runs a command: an outage that may
 * be tried again, a limit that is to be raised, or data that are damaged. Imports {@code failure};
 * Spark.
 */
package io.sparkdistill.diagnosis;
