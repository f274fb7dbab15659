namespace Notify.Admin.Rules;

/// <summary>How much of classes of events the own rules of all channels hear. Found by kind: a class costs what the rules for its kind do.
/// Immutable and safe to share.</summary>
public sealed class OwnRuleExtents
{
    // For rules that ask for no kind.
    private const string AnyKind = "";

    private readonly ILookup<string, Entry> _byKind;

    private OwnRuleExtents(ILookup<string, Entry> byKind)
    {
        _byKind = byKind;
    }

    /// <summary>Compiles the rules; channels that are off leave no trace.</summary>
    public static OwnRuleExtents Build(IEnumerable<OwnSubscription> subscriptions) => new(subscriptions
        .Where(subscription => subscription.IsOn)
        .SelectMany(subscription => subscription.Rules.Rules.SelectMany(rule => KindsOf(rule)
            .Select(kind => (Kind: kind, Entry: new Entry(subscription.ChannelId, rule)))))
        .ToLookup(entry => entry.Kind, entry => entry.Entry));

    /// <summary>The channels that hear some or all events of a kind and severity.</summary>
    /// <param name="type">CloudEvents <c>type</c>.</param>
    /// <param name="groupId">Of this group alone; null for every group.</param>
    public Dictionary<int, Extent> Find(string type, int severity, string? groupId)
    {
        Dictionary<int, Extent> found = [];
        foreach (var entry in _byKind[AnyKind].Concat(_byKind[OwnFacts.Canonical(OwnField.Kind, type)]))
        {
            if (entry.Hears(severity, groupId) is var extent and not Extent.Nothing
                && (!found.TryGetValue(entry.ChannelId, out var before) || before < extent))
            {
                found[entry.ChannelId] = extent;
            }
        }

        return found;
    }

    private static IEnumerable<string> KindsOf(OwnRule rule)
    {
        var asked = rule.Conditions.Where(condition => condition.Field == OwnField.Kind).ToList();
        return asked.Count == 0 ? [AnyKind]
            : asked[0].Keys.Select(key => key.Value!)
                .Where(kind => asked.TrueForAll(condition => condition.Holds(new OwnFacts(kind, "", 0))));
    }

    private sealed class Entry(int channelId, OwnRule rule)
    {
        private readonly bool[] _severities =
        [
            .. Enumerable.Range(0, OwnWords.Severities.Length).Select(rank => rule.Conditions
                .Where(condition => condition.Field == OwnField.Severity).All(condition => condition.Holds(new OwnFacts("", "", rank)))),
        ];

        private readonly OwnCondition[] _groups = [.. rule.Conditions.Where(condition => condition.Field == OwnField.Group)];

        // Conditions on what a class leaves open.
        private readonly bool _isNarrowed = rule.Conditions
            .Any(condition => condition.Field is not (OwnField.Kind or OwnField.Severity or OwnField.Group));

        public int ChannelId => channelId;

        public Extent Hears(int severity, string? groupId)
        {
            if (!_severities[severity])
            {
                return Extent.Nothing;
            }

            if (_groups.Length == 0)
            {
                return _isNarrowed ? Extent.Part : Extent.Whole;
            }

            return groupId is null ? Extent.Part
                : !Array.TrueForAll(_groups, condition => condition.Holds(new OwnFacts("", "", 0) { Group = groupId })) ? Extent.Nothing
                : _isNarrowed ? Extent.Part : Extent.Whole;
        }
    }
}
