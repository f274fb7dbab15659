using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Leases of work rather than of rows: whoever holds the name does it.</summary>
internal sealed class NamedLeases(IDbContextFactory<NotifyDbContext> contexts, Leases leases)
{
    /// <summary>Takes the work, or keeps it under the same token.</summary>
    /// <returns>False while another instance has it.</returns>
    public async Task<bool> TakeAsync(string name, long token, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = context.NamedLeases.Where(lease => lease.Name == name);
        if (await leases.ClaimAsync(context, row, token, length, cancellationToken))
        {
            return true;
        }

        if (await row.AnyAsync(cancellationToken))
        {
            return false;
        }

        context.NamedLeases.Add(new NamedLease { Name = name });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (StoreErrors.IsDuplicate(e))
        {
            // Another instance entered it at the same moment.
        }

        return await leases.ClaimAsync(context, row, token, length, cancellationToken);
    }

    /// <summary>Lets others take the work now.</summary>
    public async Task ReleaseAsync(string name, long token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await Leases.ReleaseAsync(context.NamedLeases.Where(lease => lease.Name == name), token, cancellationToken);
    }
}
