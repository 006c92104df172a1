package dev.quorate.gateway;

/**
 * What the gateway has counted since its start, and how much is open now.
 *
 * @param requests begun on the API listener
 * @param submissions transactions handed to the ordering service
 * @param problems answers with an error
 * @param connections open now
 * @param connectionsRefused closed because there were too many
 * @param waits requests that wait for a commit now
 * @param streams WebSockets and SSE streams open now
 * @param slowStreams cut off because the client did not read
 */
public record GatewayFigures(
    long requests,
    long submissions,
    long problems,
    long connections,
    long connectionsRefused,
    long waits,
    long streams,
    long slowStreams) {}
