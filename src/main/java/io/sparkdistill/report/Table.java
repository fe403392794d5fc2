package io.sparkdistill.report;

import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * A table.
 *
 * @param kind how it looks; a class of the style sheet
 * @param caption what it says
 * @param head names of the columns, that of the rows' names first
 * @param rows in order
 */
record Table(String kind, String caption, List<String> head, List<Row> rows) {
  Table {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param name of it
   * @param cells in the order of the columns after the first
   */
  record Row(String name, List<Cell> cells) {
    Row {
      cells = List.copyOf(cells);
    }

    static Row of(String name, List<String> texts) {
      return new Row(name, texts.stream().map(text -> new Cell(text, "")).toList());
    }
  }

  /**
   * A cell.
   *
   * @param text any
   * @param kind how it looks; a class of the style sheet, or empty
   */
  record Cell(String text, String kind) {}

  /** Of the rows' names. */
  String first() {
    return head.get(0);
  }

  /** Of the cells. */
  List<String> columns() {
    return head.subList(1, head.size());
  }

  Table named(String name) {
    return new Table(kind, name, head, rows);
  }

  /** The first rows, with one below them that says how many others there are. */
  Table shortened(int most) {
    if (rows.size() <= most) {
      return this;
    }
    int left = rows.size() - most;
    List<Row> some = new ArrayList<>(rows.subList(0, most));
    List<String> dots = columns().stream().map(column -> "…").toList();
    some.add(Row.of("and " + Numbers.count(left) + " more", dots));
    return new Table(kind, caption, head, some);
  }
}
