package io.roadrunner.http1;

import java.util.List;

final class ListElements {
  private ListElements() {}

  static List<String> protocols(FieldLines fields, String name) {
    return fields.all(name);
  }
}
