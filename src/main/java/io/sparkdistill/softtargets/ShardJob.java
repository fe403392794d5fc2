package io.sparkdistill.softtargets;

import io.sparkdistill.config.ViewsConfig;
import io.sparkdistill.examples.RowRules;
import io.sparkdistill.teacher.TeacherSpec;
import java.io.Serializable;

/**
 * What every task of a labelling needs to know.
 *
 * @param binding digest of all but the rows that decides what is in a shard
 * @param layout of the files
 * @param rules what rows may lack
 * @param views what the teacher is shown of each row
 * @param teacher how the teacher is used
 * @param batchSize rows that are scored at once
 * @param maxBadRows rows that may be set aside in the whole data set
 * @param root the stage's directory, qualified
 */
public record ShardJob(
    String binding,
    RowLayout layout,
    RowRules rules,
    ViewsConfig views,
    TeacherSpec teacher,
    int batchSize,
    long maxBadRows,
    String root)
    implements Serializable {}
