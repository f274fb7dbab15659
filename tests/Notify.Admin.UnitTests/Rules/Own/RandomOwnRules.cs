using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules.Own;

/// <summary>Own rules and events of few words, so that they meet often.</summary>
internal static class RandomOwnRules
{
    private static readonly string[] Kinds = ["scan.completed", "sas-event-vul", "sas_analysis_online-sas-event-vul", "grafana.alert"];
    private static readonly string[] Assets = ["web-01", "WEB-02", "db-01", "mail"];
    private static readonly string[] Patterns = ["web-*", "*", "?b-01", "*-0?", "mail"];
    private static readonly string[] Words = ["disk", "Café", "ＦＵＬＬ", "login"];

    public static OwnRuleList List(Random random) =>
        new([.. Enumerable.Range(0, random.Next(4)).Select(_ => new OwnRule(null,
            [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Condition(random))]))]);

    public static OwnFacts Facts(Random random) => new(Pick(random, Kinds), $"source {random.Next(3)}", random.Next(6))
    {
        State = OwnWords.States[random.Next(3)],
        Group = random.Next(4) == 0 ? null : $"{random.Next(3)}",
        Asset = random.Next(4) == 0 ? null : Pick(random, Assets),
        Labels = Enumerable.Range(0, random.Next(3)).ToDictionary(number => $"label {number}", _ => random.Next(3) == 0 ? "" : "x"),
        Title = $"{Pick(random, Words)} {Pick(random, Words)}",
        Text = Pick(random, Words),
        SeenAgo = Ago(random),
    };

    /// <summary>A whole event, of as few words.</summary>
    public static EventRecord Record(Random random) => new(0, "e", $"source {random.Next(3)}", Pick(random, Kinds),
        DateTimeOffset.UnixEpoch, (Severity)random.Next(6), new EventFields
        {
            GroupId = random.Next(4) == 0 ? null : $"{random.Next(3)}",
            Asset = random.Next(4) == 0 ? null : Pick(random, Assets),
            State = (EventState)random.Next(3),
            Labels = Enumerable.Range(0, random.Next(3)).ToDictionary(number => $"label {number}", _ => random.Next(3) == 0 ? "" : "x"),
            Title = $"{Pick(random, Words)} {Pick(random, Words)}",
            Description = Pick(random, Words),
        })
    {
        SeenAgo = Ago(random),
    };

    private static OwnCondition Condition(Random random) => random.Next(11) switch
    {
        0 => new OneOfCondition(OwnField.Kind, Some(random, Kinds)),
        1 => new OneOfCondition(OwnField.State, Some(random, [.. OwnWords.States])),
        2 => new OneOfCondition(OwnField.Severity, Some(random, [.. OwnWords.Severities])),
        3 => new OneOfCondition(OwnField.Source, Some(random, ["source 0", "source 1", "source 2"])),
        4 => new OneOfCondition(OwnField.Group, Some(random, ["0", "1", "2"])),
        5 => new OneOfCondition(OwnField.Asset, Some(random, Assets)),
        6 => new AssetLikeCondition(Pick(random, Patterns)),
        7 => new SeverityFromCondition(OwnWords.Severities[random.Next(1, 6)]),
        8 => random.Next(2) == 0 ? new LabelPresentCondition($"label {random.Next(2)}")
            : new OneOfCondition(OwnField.Label, ["x"], $"label {random.Next(2)}"),
        9 => new NewCondition(random.Next(1, 4)),
        _ => new TextCondition(Pick(random, Words).ToLowerInvariant()),
    };

    private static TimeSpan? Ago(Random random) => random.Next(2) == 0 ? null : TimeSpan.FromDays(random.Next(5));

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];

    private static System.Collections.Immutable.ImmutableArray<string> Some(Random random, string[] words) =>
        [.. words.Where(_ => random.Next(2) == 0).DefaultIfEmpty(words[0])];
}
