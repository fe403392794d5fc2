/**
 * What can be configured, as immutable records. Each gives the inputs that it decides, by which a
 * stage knows whether what it has published is still what it would publish. {@code reference.conf}
 * names every key that exists, with its default. Imports {@code failure}.
 */
package io.sparkdistill.config;
