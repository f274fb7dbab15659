using System.Text.Json.Nodes;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Settings;

namespace Notify.Admin.ConfigFiles;

/// <summary>What was set on the Settings page, by configuration key. What is left out is set back to its default only by pruning.</summary>
internal sealed class SettingsKind(SettingsService service) : IConfigKind
{
    private readonly List<string> _named = [];
    private IReadOnlyList<SettingValue> _standing = [];

    public string Section => "settings";

    public JsonObject Schema => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(SettingCatalogue.All.Where(setting => setting.IsEditable).Select(setting =>
            KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Kind == SettingKind.Switch ? ConfigFields.Type("boolean")
                : new JsonObject { ["type"] = "integer", ["minimum"] = setting.Least, ["maximum"] = setting.Most }))),
        ["additionalProperties"] = false,
    };

    public Task<IReadOnlyList<string>> ReadAsync(ConfigNames names, Actor actor, CancellationToken cancellationToken)
    {
        _standing = [.. service.List(actor).Where(value => value.Setting.IsEditable)];
        return Task.FromResult<IReadOnlyList<string>>([.. Stored.Select(value => $"setting {value.Setting.Key} {value.Value}")]);
    }

    public void Announce(ConfigNode section, ConfigNames names)
    {
    }

    public ConfigNode? Export(ConfigNames names) => Stored.Any()
        ? ConfigMap.Of(Stored.Select(value => (value.Setting.Key, (ConfigNode?)new ConfigScalar(0, value.Value)))) : null;

    public Task<SectionPlan> PlanAsync(
        ConfigNode section, ConfigPlace place, bool prune, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        if (place.Map(section, [.. _standing.Select(value => value.Setting.Key)]) is not { } map)
        {
            return Task.FromResult(new SectionPlan([], 0));
        }

        List<PlannedChange> changes = [];
        foreach (var entry in map.Entries)
        {
            var at = place.At(entry.Key);
            _named.Add(entry.Key);
            if (_standing.FirstOrDefault(value => value.Setting.Key == entry.Key) is not { } standing
                || at.Text(entry.Value) is not { } text)
            {
                continue;
            }

            if (LockOf(entry.Key, place.Names) is { } mark)
            {
                ProvisionedPlace.Check(mark, standing.Value != text, entry.Line, at);
            }

            if (standing.Value == text)
            {
                continue;
            }

            if (!standing.CanEdit)
            {
                at.Refuse(entry.Line, ConfigRules.SetByConfiguration);
            }
            else if (!standing.Setting.Accepts(text))
            {
                at.Refuse(entry.Line, standing.Setting.Kind == SettingKind.Switch ? ConfigRules.Flag
                    : ConfigRules.Within(standing.Setting.Least, standing.Setting.Most));
            }
            else
            {
                changes.Add(Change(standing, text, entry.Line));
            }
        }

        var rest = Stored.Where(value => map.Find(value.Setting.Key) is null).ToList();
        var pruned = prune ? rest.Where(value => LockOf(value.Setting.Key, place.Names) is not { IsEditable: false }).ToList() : [];
        changes.AddRange(pruned.Select(value => Change(value, value.Setting.Default, 0)));
        return Task.FromResult(new SectionPlan(changes, rest.Count - pruned.Count));
    }

    public Task<IReadOnlyList<(string Kind, string Id)>> ListNamedAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string, string)>>([.. _named.Select(key => (ProvisionedKinds.Setting, key))]);

    private static ProvisionedObject? LockOf(string key, ConfigNames names) =>
        names.Provisioned.GetValueOrDefault((ProvisionedKinds.Setting, key));

    private IEnumerable<SettingValue> Stored =>
        _standing.Where(value => value.Origin == SettingOrigin.Stored).OrderBy(value => value.Setting.Key, StringComparer.Ordinal);

    private PlannedChange Change(SettingValue standing, string value, int line) => new(
        new ConfigChange(line == 0 ? ConfigAction.Delete : ConfigAction.Change, Section, standing.Setting.Key, line,
            [new FieldChange(standing.Setting.Key, standing.Value, value)]),
        async turn =>
        {
            if (!turn.IsSecond && (await service.SaveAsync(new Dictionary<string, string> { [standing.Setting.Key] = value },
                turn.Actor, turn.Stop)).Count > 0)
            {
                turn.Place.At(standing.Setting.Key).Refuse(line, ConfigRules.SetByConfiguration);
            }
        });
}
