namespace Notify.Sandbox.Faults;

/// <summary>A fault and how far it has come.</summary>
/// <param name="Fault">What was asked for.</param>
/// <param name="Hits">Calls it was applied to.</param>
/// <param name="Remaining">Calls it will still be applied to; null is until it is cleared.</param>
public sealed record FaultStatus(SandboxFault Fault, int Hits, int? Remaining);
