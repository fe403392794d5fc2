/**
 * HOCON in, a checked configuration out: all problems are found at once, each with the file and
 * line where it stands, and whatever is not in {@code reference.conf} is refused. A class reads one
 * block; a check looks at what several blocks say together. Imports {@code config}, {@code
 * failure}; typesafe-config, which nobody else knows.
 */
package io.sparkdistill.config.reading;
