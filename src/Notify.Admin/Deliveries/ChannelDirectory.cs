using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Channels by name, over all kinds, and what their codes and reasons say.</summary>
internal sealed class ChannelDirectory(IEnumerable<IChannel> channels, IStringLocalizer<DeliveriesText> texts)
{
    private readonly Dictionary<ChannelKind, IChannel> _channels = channels.ToDictionary(c => c.Kind);

    public IReadOnlyCollection<ChannelKind> Kinds => _channels.Keys;

    public async Task<ChannelNames> ListAsync(CancellationToken cancellationToken)
    {
        List<ChannelName> names = [];
        foreach (var channel in _channels.Values.OrderBy(c => c.Kind))
        {
            names.AddRange(await channel.ListAsync(cancellationToken));
        }

        return new ChannelNames(names);
    }

    /// <summary>What a code means and how to mend it, in the current UI culture: ours, otherwise the vendor's. Null for a kind that is not
    /// there.</summary>
    public CodeExplanation? ExplainCode(ChannelKind kind, string code, string? detail) =>
        texts[$"Code.{code}.Meaning"] is { ResourceNotFound: false } meaning
            ? new CodeExplanation(meaning, texts[$"Code.{code}.Mend"])
            : _channels.GetValueOrDefault(kind)?.ExplainCode(code, detail);

    /// <summary>What a code of a failed attempt means for its channel; of a kind that is not there, that it may pass.</summary>
    public FailureKind FailureOf(ChannelKind kind, string code) =>
        _channels.GetValueOrDefault(kind)?.FailureOf(code) ?? FailureKind.Transient;

    /// <summary>Whether a channel got an event for a reason that its rules have no part in.</summary>
    public bool IsToldRegardless(string reason) => !texts[$"Match.{reason}"].ResourceNotFound;

    /// <summary>Why a channel got an event, in the current UI culture: told regardless of what it hears, or why it hears it.</summary>
    public string DescribeMatch(ChannelKind kind, string reason) => IsToldRegardless(reason) ? texts[$"Match.{reason}"]
        : _channels.GetValueOrDefault(kind)?.DescribeMatch(reason) ?? reason;
}

/// <summary>Every channel there is, by kind and name.</summary>
public sealed class ChannelNames(IReadOnlyList<ChannelName> all)
{
    public static readonly ChannelNames None = new([]);

    private readonly Dictionary<ChannelKey, ChannelName> _byKey = all.ToDictionary(c => c.Key);

    public IReadOnlyList<ChannelName> All => all;

    /// <summary>Null for a channel that has been deleted.</summary>
    public ChannelName? Find(ChannelKey key) => _byKey.GetValueOrDefault(key);
}
