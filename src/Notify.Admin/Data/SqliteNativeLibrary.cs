using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Notify.Admin.Data;

#if CURATED_FEED
/// <summary>Points EF Core's SQLite provider at the system's own SQLite library. Only in the curated build: the full one brings SQLite with it.</summary>
internal static class SqliteNativeLibrary
{
    // json_each and RETURNING, which EF Core's SQL uses.
    private static readonly Version Least = new(3, 35);
    private static readonly Lock Gate = new();
    private static bool _ready;

    // EF Core is compiled against SQLitePCLRaw.core 2.1; the assembly beside us is 2.0.6 and has what is used of it.
#pragma warning disable CA2255 // the hook must be in place before the first type that needs the assembly is touched
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void ResolveOlderCore() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "SQLitePCLRaw.core"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll"))
            : null;

    /// <exception cref="StartupException">The library is absent or too old.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (_ready)
            {
                return;
            }

            var file = OperatingSystem.IsWindows() ? "winsqlite3.dll" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
            if (!NativeLibrary.TryLoad(file, out var library))
            {
                throw new StartupException($"SQLite's library {file} was not found. Install it (on Debian: apt-get install libsqlite3-0), or choose another Database:Provider.");
            }

            Use(library, file);
            _ready = true;
        }
    }

    // Apart from Load, so that the provider's types are first touched after the library was found.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(nint library, string file)
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => name == "e_sqlite3" ? library : 0);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        var found = Version.Parse(SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
        if (found < Least)
        {
            throw new StartupException($"SQLite's library {file} is version {found}; {Least} or newer is needed.");
        }
    }
}
#else
internal static class SqliteNativeLibrary
{
    /// <summary>The full build brings its own library.</summary>
    public static void Load()
    {
    }
}
#endif
