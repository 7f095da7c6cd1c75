package io.roadrunner.hpack;

import java.util.List;

/** A field as tests compare it. */
record Field(String name, String value, Sensitivity sensitivity) {

  static Field of(String name, String value) {
    return new Field(name, value, Sensitivity.NORMAL);
  }

  static Field secret(String name, String value) {
    return new Field(name, value, Sensitivity.SENSITIVE);
  }

  List<String> nameAndValue() {
    return List.of(name, value);
  }

  int size() {
    return DynamicTable.sizeOf(name, value);
  }
}
