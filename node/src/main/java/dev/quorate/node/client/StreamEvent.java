package dev.quorate.node.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of a node's stream.
 *
 * @param type {@code block}, {@code tx} or {@code gap}
 * @param id the position, by which the stream is resumed; empty for a gap
 * @param text the event's data as it came
 * @param json the data read
 */
public record StreamEvent(String type, String id, String text, JsonNode json) {}
