/**
 * How numbers and words of others are written for people, the same in all that is published. Pure
 * Java, stateless. Imports nothing.
 */
package io.sparkdistill.text;
