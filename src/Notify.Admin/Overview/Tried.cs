using Notify.Admin.Channels;

namespace Notify.Admin.Overview;

/// <summary>What came of trying channels again, all for the same cause.</summary>
/// <param name="Outcomes">In the order of the channels.</param>
public sealed record Tried(IReadOnlyList<ProblemChannel> Channels, IReadOnlyList<ChannelTryOutcome> Outcomes)
{
    public int Count(ChannelTryVerdict verdict) => Outcomes.Count(outcome => outcome.Verdict == verdict);
}
