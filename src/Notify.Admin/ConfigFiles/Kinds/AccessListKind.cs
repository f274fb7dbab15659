using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Who may use Slack's functions. Slack is not asked while a file is applied: the change is ordered, and carried out soon after on
/// the list that was seen last. A list counts as what it is being changed to.</summary>
internal sealed class AccessListKind(
    FunctionAccessService functions, AccessChangeService changes, IStringLocalizer<AccessText> words)
    : ObjectKind<AccessListKind.Row, AccessListKind.Model>
{
    private const string WorkspaceKey = "workspace";
    private const string FunctionKey = "functionId";
    private const string CallbackKey = "callbackId";
    private const string AppKey = "appId";

    // As the rules of lists call it.
    private const string TypeName = "permission_type";

    private ConfigNames _names = new();

    public override string Section => "accessLists";

    protected override string NameKey => FunctionKey;

    protected override IReadOnlyList<ConfigField<Model>> Fields { get; } =
    [
        new(WorkspaceKey, WorkspaceKey, ConfigFields.Type("string"), (one, other) => one.WorkspaceId != other.WorkspaceId,
            (model, names) => model.WorkspaceId is { } id ? ConfigScalar.Of(names.NameOf(NamedThing.Workspace, id)) : null, TakeWorkspace)
        {
            IsRequired = true,
        },
        Text(FunctionKey, FunctionKey, model => model.FunctionId, (model, text) => model.FunctionId = text),
        Text(CallbackKey, CallbackKey, model => model.CallbackId, (model, text) => model.CallbackId = text),
        Text(AppKey, AppKey, model => model.AppId, (model, text) => model.AppId = text),
        Text("name", "name", model => model.Name, (model, text) => model.Name = text),
        Text("permissionType", TypeName, model => model.Type, (model, text) => model.Type = text) with
        {
            Schema = ConfigFields.OneOf(PermissionTypes.All),
            IsRequired = true,
        },
        Ids("userIds", "user_ids", model => model.UserIds, (model, ids) => model.UserIds = ids),
        Ids("teamIds", "team_ids", model => model.TeamIds, (model, ids) => model.TeamIds = ids),
        Ids("orgIds", "org_ids", model => model.OrgIds, (model, ids) => model.OrgIds = ids),
    ];

    public override async Task<IReadOnlyList<string>> ReadAsync(ConfigNames names, Actor actor, CancellationToken cancellationToken)
    {
        // By the time that this section is read, those of workspaces have been.
        _names = names;
        return await base.ReadAsync(names, actor, cancellationToken);
    }

    protected override async Task<IReadOnlyList<Row>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var ordered = await changes.ListOrderedAsync(actor, cancellationToken);
        return [.. (await functions.ListWholeAsync(actor, cancellationToken)).Select(function =>
            new Row(function, ordered.GetValueOrDefault(function.Id, function.Wanted), ordered.ContainsKey(function.Id)))];
    }

    protected override string NameOf(Row stored) =>
        NameOf(_names.NameOf(NamedThing.Workspace, stored.Function.WorkspaceId), stored.Function.Key);

    protected override string? NameIn(ConfigMap map, ConfigPlace place)
    {
        if (Require(map, WorkspaceKey, place) is not { } node || place.At(WorkspaceKey).Text(node)?.Trim() is not { } workspace)
        {
            return null;
        }

        var model = new Model();
        foreach (var field in Fields.Where(field => field.Key is FunctionKey or CallbackKey or AppKey))
        {
            if (map.Find(field.Key) is { } entry)
            {
                field.Take(model, entry.Value, place.At(field.Key));
            }
        }

        if (model.ToName() is { } name)
        {
            return NameOf(workspace, name.Key);
        }

        place.At(FunctionKey).Refuse((map.Find(FunctionKey) ?? map.Find(CallbackKey))?.Line ?? map.Line, ConfigRules.FunctionName);
        return null;
    }

    protected override int IdOf(Row stored) => stored.Function.Id;

    protected override string MarkOf(Row stored) =>
        string.Create(CultureInfo.InvariantCulture, $"access {stored.Function.Id} {stored.Function.Name} {stored.Wanted.Basis}");

    protected override Model NewModel() => new();

    protected override Model ModelOf(Row stored) => Model.Of(stored);

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        Row? stored, Model model, Actor actor, CancellationToken cancellationToken)
    {
        List<(string, string)> problems = [];
        if (!FunctionAccessService.IsName(model.ShownName))
        {
            problems.Add(("name", ConfigRules.OneLine(FunctionAccessService.MostNameLength).Say()));
        }

        // What stands may be of a type that cannot be set.
        if (stored is null || !stored.Wanted.SameAs(model.ToList()))
        {
            problems.AddRange(model.ToWish().Check().Select(problem =>
                (problem.Field, words[$"Rule.{problem.Rule}", problem.Detail].Value)));
            if (stored is { IsChanging: true })
            {
                problems.Add((TypeName, ConfigRules.AccessChanging.Say()));
            }
            else if (stored is { Function.IsDrifted: true })
            {
                problems.Add((TypeName, ConfigRules.AccessDrifted.Say()));
            }
        }

        return Task.FromResult<IReadOnlyList<(string, string)>>(problems);
    }

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(Row? stored, Model model, ApplyTurn turn)
    {
        if (stored is null)
        {
            return await functions.AddUnaskedAsync(
                model.WorkspaceId!.Value, model.ShownName, model.ToName()!, model.ToList(), turn.Actor, turn.Stop)
                ? [] : [("", ConfigRules.MeanwhileChanged.Say())];
        }

        if (stored.Function.Name != model.ShownName)
        {
            await functions.RenameAsync(stored.Function.Id, model.ShownName, turn.Actor, turn.Stop);
        }

        return stored.Wanted.SameAs(model.ToList()) || (await changes.ApplyAllAsync(
                [new AccessOrder(stored.Function.Id, model.ToList(), stored.Function.Now?.Basis)], null, turn.Actor, turn.Stop)).Count > 0
            ? [] : [(TypeName, ConfigRules.AccessChanging.Say())];
    }

    protected override Task DeleteAsync(Row stored, ApplyTurn turn) => functions.RemoveAsync(stored.Function.Id, turn.Actor, turn.Stop);

    private static string NameOf(string workspace, string key) => $"{workspace} {key}";

    private static void TakeWorkspace(Model model, ConfigNode node, ConfigPlace place)
    {
        if (place.Text(node)?.Trim() is not { } text)
        {
            return;
        }

        model.WorkspaceId = place.Names.Find(NamedThing.Workspace, text, out var problem);
        if (problem is { } rule)
        {
            place.Refuse(node.Line, rule);
        }
    }

    private static ConfigField<Model> Text(string key, string name, Func<Model, string> get, Action<Model, string> set) =>
        new(key, name, ConfigFields.Type("string"), (one, other) => get(one) != get(other), (model, _) => ConfigScalar.Of(get(model)),
            (model, node, place) => set(model, place.Text(node)?.Trim() ?? ""));

    // Slack has them as sets.
    private static ConfigField<Model> Ids(
        string key, string name, Func<Model, IReadOnlyList<string>> get, Action<Model, IReadOnlyList<string>> set) =>
        new(key, name, new() { ["type"] = "array", ["items"] = ConfigFields.Type("string") },
            (one, other) => !get(one).ToHashSet(StringComparer.Ordinal).SetEquals(get(other)),
            (model, _) => new ConfigSequence(0, [.. get(model).Order(StringComparer.Ordinal).Select(ConfigScalar.Of)]),
            (model, node, place) => set(model, place.Texts(node) ?? []));

    /// <param name="Wanted">What it is being changed to, where it is.</param>
    internal sealed record Row(ManagedFunction Function, AccessList Wanted, bool IsChanging);

    /// <summary>What a file says of a list.</summary>
    internal sealed class Model
    {
        public int? WorkspaceId { get; set; }

        public string FunctionId { get; set; } = "";

        public string CallbackId { get; set; } = "";

        public string AppId { get; set; } = "";

        /// <summary>Empty where it is called as its function is.</summary>
        public string Name { get; set; } = "";

        public string Type { get; set; } = "";

        public IReadOnlyList<string> UserIds { get; set; } = [];

        public IReadOnlyList<string> TeamIds { get; set; } = [];

        public IReadOnlyList<string> OrgIds { get; set; } = [];

        public string ShownName => Name.Length > 0 ? Name : OwnName;

        private string OwnName => CallbackId.Length > 0 ? CallbackId : FunctionId;

        public static Model Of(Row stored)
        {
            var function = stored.Function;
            var model = new Model
            {
                WorkspaceId = function.WorkspaceId, FunctionId = function.FunctionId ?? "", CallbackId = function.CallbackId ?? "",
                AppId = function.AppId ?? "", Type = stored.Wanted.PermissionType,
                UserIds = [.. stored.Wanted.NamedUsers.Select(user => user.UserId)], TeamIds = stored.Wanted.NamedTeams,
                OrgIds = stored.Wanted.NamedOrgs,
            };
            model.Name = function.Name == model.OwnName ? "" : function.Name;
            return model;
        }

        /// <summary>Null where it is not one name, as Slack spells it.</summary>
        public FunctionName? ToName() => FunctionName.Read(FunctionId, CallbackId, AppId, out var name) is null
            && (name!.FunctionId ?? "", name.CallbackId ?? "", name.AppId ?? "") == (FunctionId, CallbackId, AppId) ? name : null;

        public AccessWish ToWish() => new(Type, UserIds, TeamIds, OrgIds);

        public AccessList ToList() => ToWish().ToList();
    }
}
