using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.Inhibitions;

/// <summary>The form of a new or stored inhibition. It follows what others save.</summary>
public sealed partial class InhibitionForm
{
    private const string ProblemsId = "inhibition-problems";
    private const string DependantsId = "inhibition-dependants";

    [Inject]
    private InhibitionService Inhibitions { get; set; } = null!;

    [Inject]
    private IStringLocalizer<InhibitionText> T { get; set; } = null!;

    protected override string FormId => "inhibition";

    protected override string SubjectKind => InhibitionService.SubjectKind;

    protected override FormTable<InhibitionView, InhibitionFormModel> Table => InhibitionFields.Table;

    protected internal override IStringLocalizer Words => T;

    protected internal override string ListAddress => ChannelLinks.Inhibitions;

    protected override IReadOnlyList<(string Area, Func<Task> Read)> Follows => Id is null ? [] : [(ChangeAreas.Channels, RefreshAsync)];

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    protected override InhibitionFormModel Blank() => new();

    protected override string AddressOf(int id) => ChannelLinks.ToInhibition(id);

    protected override Task<InhibitionView?> FindAsync(int id, CancellationToken cancellationToken) =>
        Inhibitions.FindAsync(id, Actor, cancellationToken);

    protected override Task<SaveResult<InhibitionView>> SaveAsync(
        InhibitionView? original, InhibitionFormModel model, CancellationToken cancellationToken) =>
        Inhibitions.SaveAsync(original, model, Actor, cancellationToken);

    protected override async Task<bool> DeleteAsync(int id, CancellationToken cancellationToken)
    {
        await Inhibitions.DeleteAsync(id, Actor, cancellationToken);
        return true;
    }

    // What is wrong with a rule stands at its card.
    protected override async Task<FormNotice?> RefuseAsync()
    {
        if (Edit.Model.Check().FirstOrDefault(refusal => refusal.Field is nameof(InhibitionFormModel.Problems)
            or nameof(InhibitionFormModel.Dependants)) is not { } wrong)
        {
            return null;
        }

        await RevealAsync(wrong.Field == nameof(InhibitionFormModel.Problems) ? ProblemsId : DependantsId);
        return new FormNotice(Tone.Danger, T["Notice.RulesWrong"], $"{T[$"Field.{wrong.Field}"]}: {Explain(wrong)}");
    }

    protected override string Say(string field, string? value, InhibitionFormModel of) =>
        field is nameof(InhibitionFormModel.Problems) or nameof(InhibitionFormModel.Dependants)
        ? string.Join(" · ", (OwnRuleJson.Read(value ?? OwnRuleJson.None).List ?? OwnRuleList.Empty).Rules
            .Select(rule => OwnRuleText.Sentence(rule, Language)))
        : base.Say(field, value, of);

    private Task SetAsync(string field, Action<InhibitionFormModel> change)
    {
        change(Edit.Model);
        return OnChangedAsync(field);
    }
}
