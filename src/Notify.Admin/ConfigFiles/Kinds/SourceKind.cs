using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Sources;
using SourceText = Notify.Admin.Sources.SourceText;

namespace Notify.Admin.ConfigFiles;

/// <summary>Sources, with their mappings and bound channels, and those that read a vendor's account. The key in an address is made here,
/// and is in no file.</summary>
internal sealed class SourceKind(SourceStore store, SourceService service, SourceChecks checks, SourceKinds kinds,
    SecretProtector protector, IStringLocalizer<SourceText> words)
    : ObjectKind<Source, SourceFileModel>
{
    private IReadOnlyList<ConfigField<SourceFileModel>>? _fields;

    public override string Section => "sources";

    protected override string SubjectKind => SourceTrail.SubjectKind;

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
        var draft = DraftOf(stored, model);
        // What is created by the same file is there by the time of the save.
        draft = draft with { Channels = draft.Channels?.Where(channel => !ConfigNames.IsPlanned(channel)).ToList() };
        var isAccountPlanned = draft.AccountId is { } account && ConfigNames.IsPlanned(account);
        return [.. (await checks.CheckAsync(draft, stored, cancellationToken))
            .Where(problem => problem.Field != "account" || !isAccountPlanned).Select(problem => Explain(problem, model))];
    }

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        Source? stored, SourceFileModel model, ApplyTurn turn)
    {
        if (stored is null)
        {
            var made = await service.CreateAsync(DraftOf(null, model), turn.Actor, turn.Stop);
            if (made is { Source: { } source, Key: { } key } && !SourceKinds.IsPolled(source.Kind))
            {
                turn.Addresses.Add(new NewAddress(source.Name, SourceAddress.PathOf(source.Kind, key)));
            }

            return [.. made.Problems.Select(problem => Explain(problem, model))];
        }

        var change = await service.ChangeAsync(stored.Id, DraftOf(stored, model), turn.Actor, turn.Stop, stored.Version);
        return change.IsOutdated || change is { Problems.Count: 0, Source: null } ? [("", ConfigRules.MeanwhileChanged.Say())]
            : [.. change.Problems.Select(problem => Explain(problem, model))];
    }

    protected override Task DeleteAsync(Source stored, ApplyTurn turn) => service.DeleteAsync(stored.Id, turn.Actor, turn.Stop);

    // The service speaks as its API does; the form has words for other readers.
    private (string Name, string Reason) Explain(FieldProblem problem, SourceFileModel model)
    {
        if (Bilingual.LanguageOf(CultureInfo.CurrentUICulture) == RuleLanguage.En)
        {
            return (problem.Field, problem.Reason);
        }

        var refusal = SourceFields.ToRefusal(problem, model.Form);
        return (problem.Field, words[refusal.TextKey, refusal.Argument ?? ""]);
    }

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
        var form = ConfigFields.Of(SourceFields.Table).Select(field => (field.Name switch
        {
            nameof(SourceFormModel.Account) => Account(field),
            nameof(SourceFormModel.Polls) => Types(field),
            _ => field,
        }).In<SourceFileModel>(model => model.Form) with
        {
            // The service names what it refuses as its API does.
            Name = field.Name == nameof(SourceFormModel.TitleLanguage) ? "language"
                : System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Key),
        }).ToList();
        return
        [
            form[0],
            new("kind", "kind", ConfigFields.OneOf(kinds.Names),
                (one, other) => one.Kind != other.Kind,
                (model, _) => ConfigScalar.Of(model.Kind), TakeKind)
            {
                IsRequired = true,
            },
            .. form.Skip(1),
            new("mapping", "mapping", ConfigFields.Type("object"), (one, other) => one.Mapping != other.Mapping,
                (model, _) => model.Mapping.Length == 0 ? null : ConfigJson.Parse(model.Mapping),
                (model, node, _) => model.Mapping = Normal(ConfigJson.Of(node)?.ToJsonString(ConfigJson.Readable) ?? "")),
        ];
    }

    // What the kind has by itself; the keys that come after it in the table say otherwise.
    private static void TakeKind(SourceFileModel model, ConfigNode node, ConfigPlace place)
    {
        model.Kind = place.Text(node) ?? "";
        if (SourceKinds.IsPolled(model.Kind))
        {
            model.Form.Polls = PollPlan.Usual;
            model.Form.FromHours = SourceDraft.UsualFromHours.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static ConfigField<SourceFormModel> Account(ConfigField<SourceFormModel> field) => field with
    {
        Print = (model, names) => int.TryParse(model.Account, CultureInfo.InvariantCulture, out var id)
            ? ConfigScalar.Of(names.NameOf(NamedThing.Account, id)) : null,
        Take = (model, node, place) =>
        {
            if (place.Text(node) is not { } name)
            {
                return;
            }

            model.Account = place.Names.Find(NamedThing.Account, name, out var problem)?.ToString(CultureInfo.InvariantCulture) ?? "";
            if (problem is { } rule)
            {
                place.Refuse(node.Line, rule);
            }
        },
    };

    private static ConfigField<SourceFormModel> Types(ConfigField<SourceFormModel> field) => field with
    {
        Schema = new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(PolledType.All.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Name, new JsonObject
            {
                ["type"] = "integer", ["minimum"] = PolledType.LeastMinutes, ["maximum"] = PolledType.MostMinutes,
            }))),
            ["additionalProperties"] = false,
        },
        Print = (model, _) => ConfigMap.Of(
            PollPlan.Read(model.Polls).Select(poll => (poll.Type, (ConfigNode?)ConfigScalar.Of(poll.Minutes)))),
        Take = (model, node, place) =>
        {
            if (place.Map(node, [.. PolledType.All.Select(type => type.Name)]) is { } map)
            {
                model.Polls = PollPlan.Write(map.Entries.Where(entry => PolledType.Find(entry.Key) is not null)
                    .Select(entry => new PlannedPoll(entry.Key, Minutes(entry, place.At(entry.Key)))));
            }
        },
    };

    private static int Minutes(ConfigEntry entry, ConfigPlace place)
    {
        var minutes = place.Number(entry.Value);
        if (minutes is < PolledType.LeastMinutes or > PolledType.MostMinutes)
        {
            place.Refuse(entry.Line, ConfigRules.Within(PolledType.LeastMinutes, PolledType.MostMinutes));
        }

        return minutes ?? PolledType.LeastMinutes;
    }
}
