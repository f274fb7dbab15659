using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Channels by name, over all kinds, and what their codes and reasons say.</summary>
internal sealed class ChannelDirectory(IEnumerable<IChannel> channels, ChangeFeed feed, IStringLocalizer<DeliveriesText> texts)
{
    private readonly Dictionary<ChannelKind, IChannel> _channels = channels.ToDictionary(c => c.Kind);
    private Held _held = new(-1, []);

    public IReadOnlyCollection<ChannelKind> Kinds => _channels.Keys;

    /// <summary>Every channel there is, as stored now. Read anew after a change only: every page that shows names asks for them.</summary>
    public async Task<ChannelNames> ListAsync(CancellationToken cancellationToken)
    {
        // The version comes first: what changes while the names are read makes them old.
        var version = await feed.VersionAsync(ChangeAreas.Channels, cancellationToken);
        var held = _held;
        if (held.Version != version)
        {
            _held = held = new Held(version, []);
        }

        var culture = CultureInfo.CurrentUICulture.Name;
        return held.ByCulture.TryGetValue(culture, out var names) ? names
            : held.ByCulture.GetOrAdd(culture, await ReadAsync(cancellationToken));
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
        : reason.StartsWith(HearingSnapshot.ReasonPrefix, StringComparison.Ordinal)
            ? texts["OwnRule", reason[HearingSnapshot.ReasonPrefix.Length..]]
        : RuleSetReason.Read(reason) is var (set, rule) ? texts["RuleSetMatches", set, rule]
        : _channels.GetValueOrDefault(kind)?.DescribeMatch(reason) ?? reason;

    private async Task<ChannelNames> ReadAsync(CancellationToken cancellationToken)
    {
        List<ChannelName> names = [];
        foreach (var channel in _channels.Values.OrderBy(c => c.Kind))
        {
            names.AddRange(await channel.ListAsync(cancellationToken));
        }

        return new ChannelNames(names);
    }

    // Held by language: it has words about why no event can reach a channel.
    private sealed record Held(long Version, ConcurrentDictionary<string, ChannelNames> ByCulture);
}

/// <summary>Every channel there is, by kind and name.</summary>
public sealed class ChannelNames(IReadOnlyList<ChannelName> all)
{
    public static readonly ChannelNames None = new([]);

    private readonly Dictionary<ChannelKey, ChannelName> _byKey = all.ToDictionary(c => c.Key);
    private readonly Lazy<IReadOnlyList<string>> _tags = new(() => ChannelTags.Ordered(all.SelectMany(channel => channel.Tags)));

    public IReadOnlyList<ChannelName> All => all;

    /// <summary>Those that any channel has; every list of channels offers them.</summary>
    public IReadOnlyList<string> Tags => _tags.Value;

    /// <summary>Null for a channel that has been deleted.</summary>
    public ChannelName? Find(ChannelKey key) => _byKey.GetValueOrDefault(key);
}
