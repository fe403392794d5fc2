/**
 * How the logits of a row lie in a cell of the cache: as they are, as half-precision numbers, as
 * bytes, as the most probable classes, or as classes that were drawn. Imports {@code config},
 * {@code math}, {@code failure}; Spark for its column types.
 */
package io.sparkdistill.softtargets.codec;
