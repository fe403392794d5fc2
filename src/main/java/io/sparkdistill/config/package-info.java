/**
 * The configuration: HOCON in, immutable records out, all problems found at once, each with the
 * file and line where it stands. {@code reference.conf} names every key that exists, with its
 * default; whatever is not in it is refused. Imports only {@code failure}.
 */
package io.sparkdistill.config;
