using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.ConfigFiles;

/// <summary>What objects of a file speak of by its name alone.</summary>
internal enum NamedThing
{
    Workspace = 1,
    Account = 2,
    RuleSet = 3,
}

/// <summary>The names by which objects of a file speak of each other: <c>slack/NAME</c>; a workspace's, an account's or a rule set's
/// own.</summary>
internal sealed class ConfigNames
{
    // Stands for what a plan would create.
    private const int FirstPlanned = int.MaxValue - 1_000_000;

    private readonly Dictionary<(ChannelKind Kind, string Name), List<int>> _channels = [];
    private readonly Dictionary<ChannelKey, string> _named = [];
    private readonly List<(NamedThing Thing, int Id, string Name)> _things = [];
    private int _planned = FirstPlanned;

    /// <summary>What comes from files of the directory, by what the trail calls it.</summary>
    public IReadOnlyDictionary<(string Kind, string Id), ProvisionedObject> Provisioned { get; init; } =
        new Dictionary<(string, string), ProvisionedObject>();

    /// <summary>Whose the accounts are, by name.</summary>
    public Dictionary<string, VendorKind> Vendors { get; } = new(StringComparer.Ordinal);

    /// <summary>The rule sets that the file would create or change, as they would be.</summary>
    public List<SharedRules> ChangedRuleSets { get; } = [];

    /// <summary>The rule sets as they stand, once somebody has asked for them.</summary>
    public IReadOnlyList<SharedRules>? StoredRuleSets { get; set; }

    public static string SectionOf(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => "slack",
        ChannelKind.DingTalk => "dingtalk",
    };

    /// <summary>It is not created yet.</summary>
    public static bool IsPlanned(ChannelKey key) => IsPlanned(key.Id);

    public static bool IsPlanned(int id) => id >= FirstPlanned;

    public void Add(ChannelKind kind, int id, string name)
    {
        if (!_channels.TryGetValue((kind, name), out var ids))
        {
            _channels[(kind, name)] = ids = [];
        }

        ids.RemoveAll(known => IsPlanned(new ChannelKey(kind, known)));
        ids.Add(id);
        _named[new ChannelKey(kind, id)] = name;
    }

    public void AddPlanned(ChannelKind kind, string name) => Add(kind, _planned++, name);

    public bool Knows(ChannelKey key) => _named.ContainsKey(key);

    public void Add(NamedThing thing, int id, string name)
    {
        _things.RemoveAll(known => known.Thing == thing && (known.Id == id || (known.Name == name && IsPlanned(known.Id))));
        _things.Add((thing, id, name));
    }

    public void AddPlanned(NamedThing thing, string name) => Add(thing, _planned++, name);

    /// <summary>The channel as a file names it; its number where it is gone.</summary>
    public string NameOf(ChannelKey key) =>
        $"{SectionOf(key.Kind)}/{(_named.TryGetValue(key, out var name) ? name : $"#{key.Id}")}";

    /// <summary>Its name; its number where it is gone.</summary>
    public string NameOf(NamedThing thing, int id) =>
        _things.Where(known => known.Thing == thing && known.Id == id).Select(known => known.Name).FirstOrDefault() ?? $"#{id}";

    public ChannelKey? Find(string text, out Bilingual? problem)
    {
        problem = null;
        foreach (var kind in Enum.GetValues<ChannelKind>())
        {
            var prefix = SectionOf(kind) + "/";
            if (!text.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            if (_channels.GetValueOrDefault((kind, text[prefix.Length..])) is { } ids)
            {
                problem = ids.Count == 1 ? null : ConfigRules.SeveralChannels;
                return ids.Count == 1 ? new ChannelKey(kind, ids[0]) : null;
            }
        }

        problem = ConfigRules.NoChannel(ForeignText.Line(text, 80));
        return null;
    }

    public int? Find(NamedThing thing, string name, out Bilingual? problem)
    {
        var found = _things.Where(known => known.Thing == thing && known.Name == name).ToList();
        var line = ForeignText.Line(name, 80);
        problem = (found.Count, thing) switch
        {
            (1, _) => null,
            (0, NamedThing.Workspace) => ConfigRules.NoWorkspace(line),
            (0, NamedThing.Account) => ConfigRules.NoAccount(line),
            (0, NamedThing.RuleSet) => ConfigRules.NoRuleSet(line),
            (_, NamedThing.Workspace) => ConfigRules.SeveralWorkspaces,
            (_, NamedThing.Account) => ConfigRules.SeveralAccounts,
            (_, NamedThing.RuleSet) => ConfigRules.SeveralRuleSets,
        };
        return found.Count == 1 ? found[0].Id : null;
    }
}
