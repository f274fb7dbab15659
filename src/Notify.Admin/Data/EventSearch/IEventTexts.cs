using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;

namespace Notify.Admin.Data;

/// <summary>A store's own index of three-letter pieces of events' ids, sources and titles. Beside the model: not every server permits
/// one.</summary>
internal interface IEventTexts
{
    /// <summary>Makes it where it is not yet there.</summary>
    /// <exception cref="System.Data.Common.DbException">The server does not permit it.</exception>
    Task CreateAsync(NotifyDbContext context, CancellationToken cancellationToken);

    /// <summary>Adds the next events in the order of their ids, up to the first that was received after
    /// <paramref name="before"/>.</summary>
    /// <returns>How many.</returns>
    Task<int> AddAsync(NotifyDbContext context, DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>The highest id in it; 0 when it is empty. It has every stored event up to there.</summary>
    Task<long> LastAsync(NotifyDbContext context, CancellationToken cancellationToken);

    /// <summary>Whether there is one of these, which are asked for in the order of their ids.</summary>
    Task<bool> AnyAsync(NotifyDbContext context, IQueryable<IncomingEvent> events, CancellationToken cancellationToken) =>
        events.AnyAsync(cancellationToken);

    /// <summary>Indexed events that hold this text, in any case: all of them, or null when there are more, or looking would take too
    /// long.</summary>
    /// <param name="text">At least three characters.</param>
    /// <param name="last">As <see cref="LastAsync"/> told.</param>
    /// <param name="budget">How long looking may take.</param>
    Task<IReadOnlyList<long>?> FindAsync(NotifyDbContext context, string text, long last, int most, TimeSpan budget,
        CancellationToken cancellationToken);
}
