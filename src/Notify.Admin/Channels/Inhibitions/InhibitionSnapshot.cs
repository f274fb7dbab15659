using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>The inhibitions that are on at one version, compiled; immutable and safe to share.</summary>
public sealed class InhibitionSnapshot
{
    /// <summary>Of <see cref="InhibitionPlace.Same"/>.</summary>
    public const int SameLength = 64;

    private readonly Dictionary<int, InhibitionRules> _byId;
    private readonly OwnRuleIndex _problems;
    private readonly OwnRuleIndex _dependants;

    public InhibitionSnapshot(IEnumerable<InhibitionRules> inhibitions)
    {
        _byId = inhibitions.ToDictionary(inhibition => inhibition.Id);
        _problems = OwnRuleIndex.Build(_byId.Values.Select(one => new OwnSubscription(one.Id, one.Problems, IsOn: true)));
        _dependants = OwnRuleIndex.Build(_byId.Values.Select(one => new OwnSubscription(one.Id, one.Dependants, IsOn: true)));
    }

    public static InhibitionSnapshot Empty { get; } = new([]);

    public bool IsEmpty => _byId.Count == 0;

    /// <summary>Where an event opens a problem that holds others back; nowhere for one that is no open problem.</summary>
    public IEnumerable<InhibitionPlace> WhereOpened(EventRecord record) =>
        IsEmpty || EventProblem.KeyOf(record) is null || EventProblem.StateOf(record) != EventState.Open ? []
            : PlacesOf(_problems, record);

    /// <summary>Where an event would be held back, were a problem open there. Never what the product itself has to tell.</summary>
    public IEnumerable<InhibitionPlace> WhereHeldBack(EventRecord record) =>
        IsEmpty || record.Source == ProductEvent.Source ? [] : PlacesOf(_dependants, record);

    private IEnumerable<InhibitionPlace> PlacesOf(OwnRuleIndex index, EventRecord record)
    {
        var facts = OwnRuleEvent.FactsOf(record);
        foreach (var id in index.Match(facts).Keys.Order())
        {
            var inhibition = _byId[id];
            var value = inhibition.Label is { } label ? facts.Find(OwnField.Label, label) : facts.Find(OwnField.Asset);
            if (!string.IsNullOrEmpty(value))
            {
                yield return new InhibitionPlace(inhibition, Convert.ToHexStringLower(SHA256.HashData(
                    Encoding.UTF8.GetBytes($"{id}\0{inhibition.Label}\0{value}"))));
            }
        }
    }
}

/// <param name="Same">The same for events of one inhibition with the same asset or label.</param>
public readonly record struct InhibitionPlace(InhibitionRules Inhibition, string Same);
