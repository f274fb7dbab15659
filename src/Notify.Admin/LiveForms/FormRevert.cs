using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.LiveForms;

/// <summary>Takes edits of one kind of thing back, field by field as its table declares them. Secrets are not in the trail, and what has no
/// <see cref="FormField{TModel}.Write"/> is there in brief only.</summary>
internal abstract class FormRevert<TStored, TModel>(
    string action, FormTable<TStored, TModel> table, IStringLocalizer<AuditText> texts) : IAuditRevert
    where TStored : class, IStored<TModel>
    where TModel : class, IFormModel<TModel>
{
    public IReadOnlyCollection<string> Actions => [action];

    public FieldMemory MemoryOf(string field) => table.Fields.FirstOrDefault(known => known.AuditName == field) switch
    {
        null => FieldMemory.Secret,
        { Write: null } => FieldMemory.Brief,
        _ => FieldMemory.Whole,
    };

    public async Task<IReadOnlyDictionary<string, string?>?> ReadAsync(
        AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        await FindAsync(entry, actor, cancellationToken) is { } found ? table.Describe(found) : null;

    public async Task<RevertResult> ApplyAsync(
        AuditEntry entry, IReadOnlyList<FieldChange> changes, Actor actor, CancellationToken cancellationToken)
    {
        if (await FindAsync(entry, actor, cancellationToken) is not { } found)
        {
            return new RevertResult(false, texts["Revert.Block.Gone"]);
        }

        var model = found.Values.Copy();
        foreach (var change in changes)
        {
            var field = table.Fields.FirstOrDefault(known => known.AuditName == change.Field)
                ?? throw new ArgumentException($"The trail's field '{change.Field}' has no setting.", nameof(changes));
            field.Write!(model, change.After ?? "");
        }

        return await SaveAsync(found, model, actor, cancellationToken) switch
        {
            Saved<TStored> => new RevertResult(true),
            Invalid<TStored> invalid => new RevertResult(false, string.Join(' ', invalid.Refusals.Select(Explain))),
            Gone<TStored> => new RevertResult(false, texts["Revert.Block.Gone"]),
            _ => new RevertResult(false, texts["Revert.Block.ChangedSince"]),
        };
    }

    protected abstract Task<TStored?> FindAsync(int id, Actor actor, CancellationToken cancellationToken);

    protected abstract Task<SaveResult<TStored>> SaveAsync(TStored found, TModel model, Actor actor, CancellationToken cancellationToken);

    /// <summary>A refusal in words, in the current UI culture.</summary>
    protected abstract string Explain(FieldRefusal refusal);

    private async Task<TStored?> FindAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        int.TryParse(entry.SubjectId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await FindAsync(id, actor, cancellationToken) : null;
}
