package dev.quorate.gateway;

import dev.quorate.consensus.core.vote.Height;
import java.util.List;

/**
 * Where consensus stands at one node.
 *
 * @param engine its name in the genesis
 * @param height the lowest height that is not durable here yet
 * @param roundWord what the engine calls {@code round}: {@code view} or {@code round}
 * @param leaderWord what the engine calls {@code leader}: {@code primary} or {@code proposer}
 * @param leader the name of the validator whose turn it is
 * @param active false while a change of the leader is under way
 * @param votes whether the node votes, in words that say why if it does not
 * @param inFlight heights proposed and not durable yet
 * @param pending transactions in the pool
 * @param peers the other validators, in the order of the genesis
 */
public record ConsensusView(
    String engine,
    Height height,
    String roundWord,
    long round,
    String leaderWord,
    String leader,
    boolean active,
    String votes,
    int inFlight,
    long pending,
    List<Peer> peers) {

  /** Another validator, and whether its connection stands. */
  public record Peer(String name, boolean connected) {}

  public ConsensusView {
    peers = List.copyOf(peers);
  }
}
