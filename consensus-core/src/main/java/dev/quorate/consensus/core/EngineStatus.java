package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;

/**
 * Where an engine stands.
 *
 * @param height the lowest height that is not delivered here yet
 * @param roundWord what the engine calls {@code round}: {@code view} or {@code round}
 * @param leaderWord what the engine calls {@code leader}: {@code primary} or {@code proposer}
 * @param leader who proposes at this height in this round
 * @param active false while a change of the leader is under way
 * @param inFlight proposed heights that are not delivered yet
 */
public record EngineStatus(
    Height height,
    String roundWord,
    Round round,
    String leaderWord,
    ValidatorId leader,
    boolean active,
    int inFlight) {}
