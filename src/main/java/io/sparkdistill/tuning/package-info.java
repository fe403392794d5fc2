/**
 * Which configurations are tried, for how long, and which is the best: plain classes that know
 * neither Spark nor how a student is trained. Imports {@code config.reading}, {@code config},
 * {@code failure}; XChart for the plot.
 */
package io.sparkdistill.tuning;
