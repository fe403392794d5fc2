/**
 * The experiment on MNIST of Hinton, Vinyals and Dean, "Distilling the knowledge in a neural
 * network", 2015, section 3, run by the pipeline and written down beside the paper's numbers:
 * {@code jobs/hinton}. It is compiled and tested with everything else, unlike the benchmarks, whose
 * libraries only the Maven profile {@code bench} brings. Depends on the public classes of {@code
 * pipeline}, {@code config}, {@code evaluation}, {@code student}, {@code storage} and {@code math},
 * and on {@code digits}.
 */
package io.sparkdistill.hinton;
