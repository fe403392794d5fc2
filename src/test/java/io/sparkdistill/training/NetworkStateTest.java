package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

class NetworkStateTest {
  @Test
  void travelsBitForBitInFourBytesANumber() {
    float[] parameters = new float[10_000];
    parameters[0] = -0.0f;
    parameters[1] = Float.MIN_VALUE;
    parameters[9_999] = Float.NaN;
    NetworkState state = new NetworkState(parameters, new float[] {3e38f});
    SerializerInstance serializer = new JavaSerializer(new SparkConf()).newInstance();

    ByteBuffer bytes = serializer.serialize(state, ClassTag$.MODULE$.apply(NetworkState.class));
    int length = bytes.remaining();
    NetworkState read = serializer.deserialize(bytes, ClassTag$.MODULE$.apply(NetworkState.class));

    assertThat(length).isBetween(40_004, 40_600);
    assertThat(read.parameters()).containsExactly(state.parameters());
    assertThat(read.updater()).containsExactly(state.updater());
  }
}
