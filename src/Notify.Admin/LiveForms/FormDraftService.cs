using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.LiveForms;

/// <summary>What people have typed into open forms, so that a lost connection or a restart loses none of it. One draft per person and form;
/// the last writer wins. Never give it a secret.</summary>
public sealed class FormDraftService(
    IDbContextFactory<NotifyDbContext> contexts, WorkRegister works, TimeProvider time, ILogger<FormDraftService> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    /// <summary>Longest JSON of a draft, in characters; a longer one is not kept.</summary>
    public const int Longest = 128 * 1024;

    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);
    private static readonly WorkSchedule Schedule = new("drafts", TimeSpan.FromHours(6)) { AtStart = true };
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="formKey">Which form: <c>slack-integration/17</c>; at most 64 characters.</param>
    /// <param name="model">The form model, without secrets.</param>
    /// <returns>False when the draft is too long to be kept.</returns>
    public async Task<bool> SaveAsync<T>(Actor actor, string formKey, T model, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(model, Json);
        if (actor.UserId is not { } userId || json.Length > Longest)
        {
            return false;
        }

        var now = Time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await UpdateAsync(context, userId, formKey, json, now, cancellationToken))
        {
            return true;
        }

        context.FormDrafts.Add(new FormDraft { UserId = userId, FormKey = formKey, Json = json, UpdatedAt = now });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (StoreErrors.Of(e) is StoreError.Duplicate or StoreError.Reference)
        {
            // Another tab of the same person was first, or the account is gone.
            return await UpdateAsync(context, userId, formKey, json, now, cancellationToken);
        }
    }

    /// <summary>The draft and when it was saved; null where there is none, or it no longer fits the form.</summary>
    public async Task<SavedDraft<T>?> LoadAsync<T>(Actor actor, string formKey, CancellationToken cancellationToken)
        where T : class
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.FormDrafts.AsNoTracking()
            .SingleOrDefaultAsync(draft => draft.UserId == actor.UserId && draft.FormKey == formKey, cancellationToken);
        try
        {
            return row is not null && JsonSerializer.Deserialize<T>(row.Json, Json) is { } model
                ? new SavedDraft<T>(model, row.UpdatedAt) : null;
        }
        catch (JsonException)
        {
            // The draft was written by another version of the form.
            return null;
        }
    }

    public async Task DeleteAsync(Actor actor, string formKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.FormDrafts.Where(draft => draft.UserId == actor.UserId && draft.FormKey == formKey)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Deletes drafts that nobody has touched for 30 days.</summary>
    public async Task ClearOldAsync(CancellationToken cancellationToken)
    {
        var before = Time.GetUtcNow() - Keep;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.FormDrafts.Where(draft => draft.UpdatedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    protected override Task RunAsync(CancellationToken stopping) => ClearOldAsync(stopping);

    private static async Task<bool> UpdateAsync(
        NotifyDbContext context, string userId, string formKey, string json, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.FormDrafts.Where(draft => draft.UserId == userId && draft.FormKey == formKey)
            .ExecuteUpdateAsync(set => set.SetProperty(draft => draft.Json, json).SetProperty(draft => draft.UpdatedAt, now),
                cancellationToken) > 0;
}

/// <summary>A draft as it was left.</summary>
public sealed record SavedDraft<T>(T Model, DateTimeOffset SavedAt);
