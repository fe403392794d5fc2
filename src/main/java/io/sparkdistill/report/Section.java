package io.sparkdistill.report;

import io.sparkdistill.text.Numbers;
import java.util.List;

/**
 * A part of the page.
 *
 * @param id to link to
 * @param title of it
 * @param lead what one sees in it, in a sentence or two
 * @param charts beside one another
 * @param beside tables that stand beside one another
 * @param cards rows of the test set
 * @param moreCards others, which are folded away
 * @param tables one below the other
 * @param details tables that are folded away
 */
record Section(
    String id,
    String title,
    String lead,
    List<Chart> charts,
    List<Table> beside,
    List<Card> cards,
    List<Card> moreCards,
    List<Table> tables,
    List<Table> details) {
  Section {
    charts = List.copyOf(charts);
    beside = List.copyOf(beside);
    cards = List.copyOf(cards);
    moreCards = List.copyOf(moreCards);
    tables = List.copyOf(tables);
    details = List.copyOf(details);
  }

  /** A section with nothing in it yet. */
  static Section of(String id, String title, String lead) {
    return new Section(
        id, title, lead, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  boolean hasCharts() {
    return !charts.isEmpty();
  }

  boolean hasBeside() {
    return !beside.isEmpty();
  }

  boolean hasCards() {
    return !cards.isEmpty();
  }

  /** What the folded cards are called; empty where there are none. */
  String moreCardsTitle() {
    return moreCards.isEmpty() ? "" : Numbers.count(moreCards.size()) + " more";
  }

  Section withCharts(List<Chart> shown) {
    return new Section(id, title, lead, shown, beside, cards, moreCards, tables, details);
  }

  Section withBeside(List<Table> shown) {
    return new Section(id, title, lead, charts, shown, cards, moreCards, tables, details);
  }

  Section withCards(List<Card> shown) {
    return new Section(id, title, lead, charts, beside, shown, moreCards, tables, details);
  }

  Section withMoreCards(List<Card> folded) {
    return new Section(id, title, lead, charts, beside, cards, folded, tables, details);
  }

  Section withTables(List<Table> shown) {
    return new Section(id, title, lead, charts, beside, cards, moreCards, shown, details);
  }

  Section withDetails(List<Table> folded) {
    return new Section(id, title, lead, charts, beside, cards, moreCards, tables, folded);
  }
}
