package io.sparkdistill.config;

/**
 * A teacher as configured.
 *
 * @param key where it stands in the configuration, for messages: {@code teachers[0]}
 * @param source what it is
 */
public record TeacherConfig(String key, TeacherSource source) {}
