package dev.quorate.gateway;

/** What runs: a release and the commit it was built from ({@code unknown} outside a checkout). */
public record BuildVersion(String version, String commit) {}
