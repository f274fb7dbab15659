using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Notify.Sandbox;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>How often the vendor was told of each delivery, counted as the messages come: half a million of them are not kept.</summary>
internal sealed partial class ToldDeliveries
{
    private readonly ConcurrentDictionary<string, int> _times = new();

    /// <param name="sandbox">Before the first message.</param>
    public ToldDeliveries(SandboxServer sandbox) => sandbox.Messages.Added += Count;

    /// <summary>By short id.</summary>
    public IReadOnlyDictionary<string, int> Times => _times;

    private void Count(SandboxMessage message)
    {
        foreach (var id in ShortId().Matches(message.Text).Select(match => match.Value).Distinct())
        {
            _times.AddOrUpdate(id, 1, (_, times) => times + 1);
        }
    }

    [GeneratedRegex("D-[0-9A-Z]+")]
    private static partial Regex ShortId();
}
