using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Inhibitions;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Inhibitions.</summary>
internal sealed class InhibitionKind(InhibitionService service, IStringLocalizer<InhibitionText> words)
    : ObjectKind<InhibitionView, InhibitionFormModel>
{
    private static readonly IReadOnlyList<ConfigField<InhibitionFormModel>> Table = ConfigFields.Of(InhibitionFields.Table);

    public override string Section => "inhibitions";

    protected override string SubjectKind => InhibitionService.SubjectKind;

    protected override IReadOnlyList<ConfigField<InhibitionFormModel>> Fields => Table;

    protected override Task<IReadOnlyList<InhibitionView>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        service.ListAsync(actor, cancellationToken);

    protected override string NameOf(InhibitionView stored) => stored.Name;

    protected override int IdOf(InhibitionView stored) => stored.Id;

    protected override string MarkOf(InhibitionView stored) =>
        string.Create(CultureInfo.InvariantCulture, $"inhibition {stored.Id} {stored.Version}");

    protected override InhibitionFormModel NewModel() => new();

    protected override InhibitionFormModel ModelOf(InhibitionView stored) => stored.Values;

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        InhibitionView? stored, InhibitionFormModel model, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string Name, string Reason)>>([.. model.Check().Select(Explain)]);

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        InhibitionView? stored, InhibitionFormModel model, ApplyTurn turn) =>
        await service.SaveAsync(stored, model, turn.Actor, turn.Stop) switch
        {
            Saved<InhibitionView> => [],
            Invalid<InhibitionView> invalid => [.. invalid.Refusals.Select(Explain)],
            _ => [("", ConfigRules.MeanwhileChanged.Say())],
        };

    protected override Task DeleteAsync(InhibitionView stored, ApplyTurn turn) => service.DeleteAsync(stored.Id, turn.Actor, turn.Stop);

    private (string Name, string Reason) Explain(FieldRefusal refusal) =>
        (refusal.Field, words[refusal.TextKey, refusal.Argument ?? ""]);
}
