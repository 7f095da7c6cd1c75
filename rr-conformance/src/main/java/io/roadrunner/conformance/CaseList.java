package io.roadrunner.conformance;

import io.roadrunner.conformance.ConformanceCase.Script;
import java.util.ArrayList;
import java.util.List;

/** Collects cases, section by section. */
final class CaseList {

  private final List<ConformanceCase> cases = new ArrayList<>();
  private String section = "";

  void section(String name) {
    section = name;
  }

  void light(String title, Script script) {
    cases.add(new ConformanceCase(section, title, Effort.LIGHT, script));
  }

  void heavy(String title, Script script) {
    cases.add(new ConformanceCase(section, title, Effort.HEAVY, script));
  }

  List<ConformanceCase> all() {
    return List.copyOf(cases);
  }
}
