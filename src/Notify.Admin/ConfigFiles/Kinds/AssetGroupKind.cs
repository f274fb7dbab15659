using System.Globalization;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Asset groups that have a name; those that are only known from events are in no file.</summary>
internal sealed class AssetGroupKind(AssetGroupService service) : ObjectKind<AssetGroup, AssetGroupKind.Model>
{
    public override string Section => "assetGroups";

    protected override string NameKey => "id";

    protected override string SubjectKind => AssetGroupService.SubjectKind;

    protected override IReadOnlyList<ConfigField<Model>> Fields { get; } =
    [
        new("id", "id", ConfigFields.Type("integer"), (one, other) => one.Id != other.Id,
            (model, _) => new ConfigScalar(0, model.Id), (model, node, place) => model.Id = place.Text(node) ?? "")
        {
            IsRequired = true,
        },
        new("name", "name", ConfigFields.Type("string"), (one, other) => one.Name != other.Name,
            (model, _) => ConfigScalar.Of(model.Name), (model, node, place) => model.Name = place.Text(node) ?? "")
        {
            IsRequired = true,
        },
    ];

    protected override async Task<IReadOnlyList<AssetGroup>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        await service.ListAsync(actor, cancellationToken);

    protected override string NameOf(AssetGroup stored) => stored.Id.ToString(CultureInfo.InvariantCulture);

    protected override int IdOf(AssetGroup stored) => stored.Id;

    protected override string MarkOf(AssetGroup stored) => stored.Name.Length == 0 ? "" : $"group {NameOf(stored)} {stored.Name}";

    protected override bool IsExported(AssetGroup stored) => stored.Name.Length > 0;

    protected override Model NewModel() => new();

    protected override Model ModelOf(AssetGroup stored) => new() { Id = NameOf(stored), Name = stored.Name };

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        AssetGroup? stored, Model model, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(Explain(AssetGroupService.Check(model.Id, model.Name)));

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(AssetGroup? stored, Model model, ApplyTurn turn) =>
        Explain(stored is null ? await service.AddAsync(model.Id, model.Name, turn.Actor, turn.Stop)
            : await service.RenameAsync(stored.Id, model.Name, turn.Actor, turn.Stop));

    protected override Task DeleteAsync(AssetGroup stored, ApplyTurn turn) => service.RemoveAsync(stored.Id, turn.Actor, turn.Stop);

    private static IReadOnlyList<(string Name, string Reason)> Explain(GroupOutcome outcome) => outcome switch
    {
        GroupOutcome.Saved => [],
        GroupOutcome.BadId => [("id", ConfigRules.GroupId.Say())],
        GroupOutcome.BadName => [("name", ConfigRules.OneLine(AssetGroupService.MaxName).Say())],
        _ => [("", ConfigRules.MeanwhileChanged.Say())],
    };

    /// <summary>What a file says of a group.</summary>
    internal sealed class Model
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";
    }
}
