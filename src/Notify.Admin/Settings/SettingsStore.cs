using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Settings;

/// <summary>Loads and saves stored settings.</summary>
internal sealed class SettingsStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed changes)
{
    /// <summary>What was saved on the page; the product's own notes are left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ServerSettings.AsNoTracking().Where(row => row.Key.Contains(ServerSetting.Separator))
            .ToDictionaryAsync(row => row.Key, row => row.Value, cancellationToken);
    }

    /// <param name="values">Null removes the row: the default holds again.</param>
    /// <param name="entry">Given what was stored before, makes the audit entry; null when nothing changes.</param>
    public async Task SaveAsync(
        IReadOnlyDictionary<string, string?> values, Func<IReadOnlyDictionary<string, string>, AuditEntry?> entry,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await changes.ChangeInTurnAsync(context, ChangeAreas.Settings, async () =>
        {
            var rows = await context.ServerSettings.ToDictionaryAsync(row => row.Key, cancellationToken);
            if (entry(rows.ToDictionary(row => row.Key, row => row.Value.Value)) is not { } audit)
            {
                return false;
            }

            foreach (var (key, value) in values)
            {
                rows.TryGetValue(key, out var row);
                if (value is null)
                {
                    if (row is not null)
                    {
                        context.ServerSettings.Remove(row);
                    }
                }
                else if (row is null)
                {
                    context.ServerSettings.Add(new ServerSetting { Key = key, Value = value });
                }
                else
                {
                    row.Value = value;
                }
            }

            context.AuditEntries.Add(audit);
            return true;
        }, cancellationToken);
    }
}
