/**
 * The report of an evaluation, for people: one page of HTML that asks no network and runs no code,
 * and a summary in Markdown. Sections are made of what was published, charts are arithmetic that
 * ends in paths of SVG, and templates put all of it into markup. Every text from outside passes the
 * templates' escaping; only the style sheet of this package does not. Imports {@code tuning},
 * {@code evaluation}, {@code export}, {@code config}, {@code software}, {@code text}, {@code
 * failure}; JMustache; not Spark.
 */
package io.sparkdistill.report;
