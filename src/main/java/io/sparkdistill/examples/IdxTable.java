package io.sparkdistill.examples;

import io.sparkdistill.config.DatasetConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A pair of files of MNIST's format as a table. A row's id is its place in the files, from 0;
 * features are its numbers, 0 to 255, divided by 255.
 */
final class IdxTable {
  private final SparkSession spark;
  private final DatasetConfig dataset;

  IdxTable(SparkSession spark, DatasetConfig dataset) {
    this.spark = spark;
    this.dataset = dataset;
  }

  /**
   * Opens it.
   *
   * @param images the file of the images; labels are beside it
   * @return rows in the order of the files, in partitions that are the same each time
   */
  Dataset<Row> open(Path images) {
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    var conf = new SerializableConfiguration(context.hadoopConfiguration());
    IdxPair pair = IdxPair.of(images);
    IdxPair.Size size = pair.size(conf.value());
    int all = size.rows();
    int rows = rowsOfPartition(size.width());
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < all; i += rows) {
      first.add(i);
    }
    JavaRDD<InternalRow> read =
        context
            .parallelize(first, Math.max(1, first.size()))
            .flatMap(from -> IdxRows.of(pair, from, Math.min(all, from + rows), conf.value()));
    return spark.internalCreateDataFrame(read.rdd(), schema(), false);
  }

  private int rowsOfPartition(int width) {
    long bytes = spark.sessionState().conf().filesMaxPartitionBytes();
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE / 2, bytes / Math.max(1, width)));
  }

  private StructType schema() {
    return new StructType()
        .add(dataset.id(), DataTypes.LongType, false)
        .add(dataset.features(), DataTypes.createArrayType(DataTypes.FloatType, false), false)
        .add(dataset.label(), DataTypes.IntegerType, false);
  }
}
