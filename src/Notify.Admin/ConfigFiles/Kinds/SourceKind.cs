using System.Globalization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.ConfigFiles;

/// <summary>Sources that are posted to, with their mappings and bound channels. The key in an address is made here, and is in no file;
/// nor is a source that reads a vendor's account, since accounts are in none.</summary>
internal sealed class SourceKind(SourceStore store, SourceService service, SourceKinds kinds, SecretProtector protector)
    : ObjectKind<Source, SourceFileModel>
{
    private static readonly string[] OfPolls =
    [
        nameof(SourceFormModel.Account), nameof(SourceFormModel.Polls), nameof(SourceFormModel.FromHours),
        nameof(SourceFormModel.TitleLanguage),
    ];

    private IReadOnlyList<ConfigField<SourceFileModel>>? _fields;

    public override string Section => "sources";

    protected override IReadOnlyList<ConfigField<SourceFileModel>> Fields => _fields ??= ListFields();

    protected override IReadOnlyList<ConfigSecret<Source, SourceFileModel>> Secrets =>
    [
        new("secret", "secret", stored => stored.Secret is { } secret ? $"…{secret.LastFour}" : null,
            (stored, secret) => stored.Secret is { } kept && protector.IsSame(kept, secret),
            (model, secret) => model.Form.Secret = secret),
    ];

    protected override async Task<IReadOnlyList<Source>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        await store.ListAsync(cancellationToken);

    protected override string NameOf(Source stored) => stored.Name;

    protected override int IdOf(Source stored) => stored.Id;

    protected override string MarkOf(Source stored) =>
        string.Create(CultureInfo.InvariantCulture, $"source {stored.Id} {stored.Version}");

    protected override bool IsExported(Source stored) => !SourceKinds.IsPolled(stored.Kind);

    protected override SourceFileModel NewModel() => new();

    protected override SourceFileModel ModelOf(Source stored) => new()
    {
        Form = SourceView.Of(stored).Values,
        Kind = stored.Kind,
        Mapping = Normal(stored.Mapping ?? ""),
    };

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        Source? stored, SourceFileModel model, Actor actor, CancellationToken cancellationToken)
    {
        if (SourceKinds.IsPolled(model.Kind))
        {
            return [("kind", "reads a vendor's account, which no file holds: make it on its page")];
        }

        var draft = DraftOf(stored, model);
        // What is created by the same file is there by the time of the save.
        draft = draft with { Channels = draft.Channels?.Where(channel => !ConfigNames.IsPlanned(channel)).ToList() };
        return [.. (await service.CheckAsync(draft, stored, cancellationToken)).Select(problem => (problem.Field, problem.Reason))];
    }

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        Source? stored, SourceFileModel model, ApplyTurn turn)
    {
        if (stored is null)
        {
            var made = await service.CreateAsync(DraftOf(null, model), turn.Actor, turn.Stop);
            if (made is { Source: { } source, Key: { } key })
            {
                turn.Addresses.Add(new NewAddress(source.Name, SourceAddress.PathOf(source.Kind, key)));
            }

            return [.. made.Problems.Select(problem => (problem.Field, problem.Reason))];
        }

        var change = await service.ChangeAsync(stored.Id, DraftOf(stored, model), turn.Actor, turn.Stop, stored.Version);
        return change.IsOutdated || change is { Problems.Count: 0, Source: null } ? [("", "was changed by somebody meanwhile")]
            : [.. change.Problems.Select(problem => (problem.Field, problem.Reason))];
    }

    protected override Task DeleteAsync(Source stored, ApplyTurn turn) => service.DeleteAsync(stored.Id, turn.Actor, turn.Stop);

    private static SourceDraft DraftOf(Source? stored, SourceFileModel model)
    {
        var from = stored is null ? SourceFileModel.BlankOf(model.Kind) : SourceView.Of(stored);
        return model.Form.ToDraft(from) with
        {
            Kind = model.Kind,
            Mapping = model.Mapping == Normal(stored?.Mapping ?? "") ? null : model.Mapping,
        };
    }

    // Equal for equal mappings, however they are laid out; as it is where it cannot be read.
    private static string Normal(string mapping) =>
        mapping.Length > 0 && MappingReader.Read(mapping).Mapping is { } read ? MappingWriter.Write(read) : mapping;

    private IReadOnlyList<ConfigField<SourceFileModel>> ListFields()
    {
        var form = ConfigFields.Of(SourceFields.Table).Where(field => !OfPolls.Contains(field.Name)).Select(field =>
            field.In<SourceFileModel>(model => model.Form) with
        {
            // The service names what it refuses as its API does.
            Name = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Key),
        }).ToList();
        return
        [
            form[0],
            new("kind", "kind", ConfigFields.OneOf(kinds.Names.Where(name => !SourceKinds.IsPolled(name))),
                (one, other) => one.Kind != other.Kind,
                (model, _) => ConfigScalar.Of(model.Kind), (model, node, place) => model.Kind = place.Text(node) ?? "")
            {
                IsRequired = true,
            },
            .. form.Skip(1),
            new("mapping", "mapping", ConfigFields.Type("object"), (one, other) => one.Mapping != other.Mapping,
                (model, _) => model.Mapping.Length == 0 ? null : ConfigJson.Parse(model.Mapping),
                (model, node, _) => model.Mapping = Normal(ConfigJson.Of(node)?.ToJsonString(ConfigJson.Readable) ?? "")),
        ];
    }
}
