/**
 * The student: networks from a configuration, the zip they are published as, and a reader that
 * deserialises nothing but what it checked. The processor's variant of the native library is chosen
 * here, before anything of ND4J is loaded. Imports {@code config}, {@code objective}, {@code
 * failure}, Deeplearning4j and ND4J.
 */
package io.sparkdistill.student;
