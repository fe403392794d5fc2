/**
 * The student: networks from a configuration or from a file that the user brings, the zip they are
 * published as, and a reader that deserialises nothing but what it checked. The processor's variant
 * of the native library is chosen here, before anything of ND4J is loaded. Imports {@code
 * objective}, {@code storage}, {@code config}, {@code failure}; Deeplearning4j, ND4J, Jackson and
 * Hadoop.
 */
package io.sparkdistill.student;
