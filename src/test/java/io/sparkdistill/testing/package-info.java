/** Small real parts that several tests use: teachers, data sets, runs of the command line. */
package io.sparkdistill.testing;
