using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>The names by which objects of a file speak of each other: <c>slack/NAME</c>, and the own ones of workspaces and rule
/// sets.</summary>
internal sealed class ConfigNames
{
    // Stands for a channel that a plan would create.
    private const int FirstPlanned = int.MaxValue - 1_000_000;

    private readonly Dictionary<(ChannelKind Kind, string Name), List<int>> _channels = [];
    private readonly Dictionary<ChannelKey, string> _named = [];
    private readonly List<(int Id, string Name)> _workspaces = [];
    private readonly Dictionary<string, int> _ruleSets = new(StringComparer.Ordinal);
    private int _planned = FirstPlanned;

    public static string SectionOf(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => "slack",
        ChannelKind.DingTalk => "dingtalk",
    };

    /// <summary>It is not created yet.</summary>
    public static bool IsPlanned(ChannelKey key) => IsPlanned(key.Id);

    /// <inheritdoc cref="IsPlanned(ChannelKey)"/>
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

    /// <param name="id">Null for one that a plan would create.</param>
    public void AddRuleSet(int? id, string name) => _ruleSets[name] = id ?? _planned++;

    public string RuleSetOf(int id) => _ruleSets.FirstOrDefault(set => set.Value == id).Key ?? $"#{id}";

    public int? FindRuleSet(string name, out string? problem)
    {
        int? found = _ruleSets.TryGetValue(name, out var id) ? id : null;
        problem = found is null ? $"names no rule set: {ForeignText.Line(name, 80)}" : null;
        return found;
    }

    public void AddWorkspace(int id, string name) => _workspaces.Add((id, name));

    /// <summary>The channel as a file names it; its number where it is gone.</summary>
    public string NameOf(ChannelKey key) =>
        $"{SectionOf(key.Kind)}/{(_named.TryGetValue(key, out var name) ? name : $"#{key.Id}")}";

    public string WorkspaceOf(int id) => _workspaces.Where(workspace => workspace.Id == id).Select(workspace => workspace.Name)
        .FirstOrDefault() ?? $"#{id}";

    public ChannelKey? Find(string text, out string? problem)
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
                problem = ids.Count == 1 ? null : "names several channels: give each a name of its own";
                return ids.Count == 1 ? new ChannelKey(kind, ids[0]) : null;
            }
        }

        problem = $"names no channel: {ForeignText.Line(text, 80)}; write slack/NAME or dingtalk/NAME";
        return null;
    }

    public int? FindWorkspace(string name, out string? problem)
    {
        var found = _workspaces.Where(workspace => workspace.Name == name).ToList();
        problem = found.Count switch
        {
            1 => null,
            0 => $"names no Slack workspace: {ForeignText.Line(name, 80)}",
            _ => "names several Slack workspaces: give each a name of its own",
        };
        return found.Count == 1 ? found[0].Id : null;
    }
}
