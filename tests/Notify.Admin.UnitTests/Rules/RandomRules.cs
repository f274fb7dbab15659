using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

/// <summary>Valid lists and events from a seeded generator, with aliases, unknown categories, absent fields and both prefixes.</summary>
internal static class RandomRules
{
    private static readonly string[] UnknownCategories = ["Malicious script", "webshell", "Webshell ", "可信异常", "全　角", "a \"b\" \\ c",
        "😀 <&>"];
    private static readonly string[] Prefixes = [AlertType.OnlinePrefix, "sas_analysis_pre-sas-operation-log-sas-event-", "sas-event-"];
    private static readonly string[] Groups = ["1", "7", "10417151", "2147483647"];

    public static ConfigList List(Random random)
    {
        var types = Vocabulary.AlertTypes.ToArray();
        random.Shuffle(types);
        var rules = types.Take(random.Next(types.Length + 1)).Select(type => Rule(random, type)).ToList();
        return ConfigList.Create(rules).List ?? throw new InvalidOperationException("The generator made a list that is not valid.");
    }

    public static AlertRule Rule(Random random, AlertType type)
    {
        var keys = type.Keys.ToArray();
        random.Shuffle(keys);
        var items = keys.Where(_ => random.Next(5) > 0).Select(key => new ConfigItem(key.Name, Values(random, key)));
        return new(Pick(random, Prefixes) + type.Suffix, items.ToList());
    }

    public static string[] GroupIds(Random random) => random.Next(2) == 0 ? [] : [.. Groups.Where(_ => random.Next(2) == 0)];

    public static AlertFacts Facts(Random random)
    {
        var type = Vocabulary.AlertTypes[random.Next(Vocabulary.AlertTypes.Length)];
        string? Value(string name) => random.Next(6) == 0 ? null
            : type.FindKey(name) is { } key && random.Next(10) > 0 ? Pick(random, Spellings(key))
            : Pick(random, ["all", "bogus", "high", "Webshell"]);
        return new(random.Next(30) == 0 ? null : type)
        {
            ItemLevel = Value(Vocabulary.ItemLevel),
            EventType = Value(Vocabulary.EventType),
            Type = Value(Vocabulary.Type),
            Necessity = Value(Vocabulary.Necessity),
            GroupId = random.Next(4) == 0 ? null : Pick(random, Groups),
        };
    }

    private static List<string> Values(Random random, AlertTypeKey key)
    {
        var spellings = Spellings(key);
        if (random.Next(3) == 0 || spellings.Length == 0)
        {
            return [Vocabulary.All];
        }

        random.Shuffle(spellings);
        return [.. spellings.Take(random.Next(1, spellings.Length + 1))];
    }

    private static string[] Spellings(AlertTypeKey key) =>
    [
        .. key.ConcreteValues.SelectMany(value => value.Aliases.Prepend(value.Literal)),
        .. key.IsOpen ? UnknownCategories : [],
    ];

    private static string Pick(Random random, string[] from) => from.Length == 0 ? Vocabulary.All : from[random.Next(from.Length)];
}
