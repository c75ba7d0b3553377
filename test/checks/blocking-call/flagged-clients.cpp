// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Database and HTTP clients.

#include "task.h"

#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace mock;

extern "C" {
// libpq
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef enum { PGRES_POLLING_FAILED = 0, PGRES_POLLING_READING, PGRES_POLLING_WRITING, PGRES_POLLING_OK } PostgresPollingStatusType;
PGconn* PQconnectdb(const char* conninfo);
PGconn* PQconnectStart(const char* conninfo);
PostgresPollingStatusType PQconnectPoll(PGconn* conn);
PGresult* PQexec(PGconn* conn, const char* query);
PGresult* PQexecParams(PGconn* conn, const char* command, int nParams, const unsigned* paramTypes,
                       const char* const* paramValues, const int* paramLengths, const int* paramFormats, int resultFormat);
PGresult* PQprepare(PGconn* conn, const char* stmtName, const char* query, int nParams, const unsigned* paramTypes);
int PQsendQuery(PGconn* conn, const char* query);
int PQconsumeInput(PGconn* conn);
int PQisBusy(PGconn* conn);
int PQsetnonblocking(PGconn* conn, int arg);
int PQflush(PGconn* conn);
PGresult* PQgetResult(PGconn* conn);
int PQntuples(const PGresult* res);
char* PQgetvalue(const PGresult* res, int tup_num, int field_num);
void PQclear(PGresult* res);
void PQfinish(PGconn* conn);
int PQsocket(const PGconn* conn);
// libcurl
typedef void CURL;
typedef void CURLM;
typedef int CURLcode;
typedef int CURLMcode;
typedef int CURLoption;
struct curl_waitfd;
CURL* curl_easy_init(void);
CURLcode curl_easy_setopt(CURL* curl, CURLoption option, ...);
CURLcode curl_easy_perform(CURL* curl);
CURLcode curl_easy_getinfo(CURL* curl, int info, ...);
void curl_easy_cleanup(CURL* curl);
CURLMcode curl_multi_add_handle(CURLM* multi, CURL* curl);
CURLMcode curl_multi_perform(CURLM* multi, int* running);
CURLMcode curl_multi_socket_action(CURLM* multi, int s, int ev_bitmask, int* running);
CURLMcode curl_multi_wait(CURLM* multi, struct curl_waitfd* fds, unsigned int n, int timeout_ms, int* numfds);
CURLMcode curl_multi_poll(CURLM* multi, struct curl_waitfd* fds, unsigned int n, int timeout_ms, int* numfds);
char* curl_easy_escape(CURL* curl, const char* string, int length);
// SQLite
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_exec(sqlite3*, const char* sql, int (*callback)(void*, int, char**, char**), void*, char** errmsg);
int sqlite3_step(sqlite3_stmt*);
int sqlite3_bind_int(sqlite3_stmt*, int, int);
int sqlite3_column_int(sqlite3_stmt*, int iCol);
int sqlite3_reset(sqlite3_stmt*);
int sqlite3_changes(sqlite3*);
const char* sqlite3_errmsg(sqlite3*);
// hiredis
typedef struct redisContext redisContext;
typedef struct redisAsyncContext redisAsyncContext;
typedef void(redisCallbackFn)(redisAsyncContext*, void*, void*);
redisContext* redisConnect(const char* ip, int port);
redisAsyncContext* redisAsyncConnect(const char* ip, int port);
void* redisCommand(redisContext* c, const char* format, ...);
int redisAppendCommand(redisContext* c, const char* format, ...);
int redisGetReply(redisContext* c, void** reply);
int redisAsyncCommand(redisAsyncContext* ac, redisCallbackFn* fn, void* privdata, const char* format, ...);
void freeReplyObject(void* reply);
// MySQL
typedef struct MYSQL MYSQL;
typedef struct MYSQL_RES MYSQL_RES;
MYSQL* mysql_real_connect(MYSQL* mysql, const char* host, const char* user, const char* passwd, const char* db,
                          unsigned int port, const char* unix_socket, unsigned long clientflag);
int mysql_query(MYSQL* mysql, const char* q);
int mysql_ping(MYSQL* mysql);
MYSQL_RES* mysql_store_result(MYSQL* mysql);
unsigned long mysql_real_escape_string(MYSQL* mysql, char* to, const char* from, unsigned long length);
unsigned int mysql_errno(MYSQL* mysql);
// ZeroMQ
int zmq_send(void* s, const void* buf, size_t len, int flags);
int zmq_recv(void* s, void* buf, size_t len, int flags);
}
#define CURLOPT_URL 10002
#define CURLOPT_TIMEOUT_MS 155
#define CURLINFO_RESPONSE_CODE 0x200002
#define SQLITE_ROW 100
#define SQLITE_DONE 101
#define ZMQ_DONTWAIT 1
#define ZMQ_SNDMORE 2

extern ThreadPool workers;
Task<> readable(int fd);
Task<> writable(int fd);

// A query through PQexec
namespace pq_exec {
struct Repo {
    PGconn* db = nullptr;
    Task<> publish(int n);
    Task<> count() {
        PGresult* r = ::PQexec(db, "SELECT id FROM jobs WHERE state = 'open'");
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'PQexec' blocks the thread in coroutine 'Repo::count' [coro-blocking-call]

        int n = PQntuples(r);
        PQclear(r);
        co_await publish(n);
    }
    Task<> touch(std::string id) {
        co_await publish(1);
        const char* values[] = {id.c_str()};

        PGresult* r = PQexecParams(db, "UPDATE jobs SET seen = now() WHERE id = $1", 1, nullptr, values, nullptr, nullptr, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'PQexecParams' blocks the thread in coroutine 'Repo::touch' [coro-blocking-call]

        PQclear(r);
    }
};
}  // namespace pq_exec

// Connecting and preparing wait for the server
namespace pq_connect {
Task<> serve(PGconn* c);
Task<> open_session(std::string dsn) {
    PGconn* c = PQconnectdb(dsn.c_str());
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'PQconnectdb' blocks the thread in coroutine 'open_session' [coro-blocking-call]

    int fd = PQsocket(c);

    PGresult* r = PQprepare(c, "touch", "UPDATE t SET n = n + 1", 0, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'PQprepare' blocks the thread in coroutine 'open_session' [coro-blocking-call]

    PQclear(r);
    if (fd >= 0) co_await serve(c);
}
}  // namespace pq_connect

// Curl_easy_perform does the whole transfer
namespace curl_easy {
struct Webhook {
    Task<std::string> next_event();
    Task<long> fire(std::string url) {
        std::string body = co_await next_event();
        CURL* c = curl_easy_init();
        curl_easy_setopt(c, CURLOPT_URL, url.c_str());
        curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, 2000L);

        CURLcode rc = curl_easy_perform(c);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'curl_easy_perform' blocks the thread in coroutine 'Webhook::fire' [coro-blocking-call]

        long status = 0;
        if (rc == 0) curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_cleanup(c);
        co_return status;
    }
};
}  // namespace curl_easy

// A one-second curl_multi_poll waits
namespace curl_multi_poll_wait {
struct Client {
    CURLM* multi = nullptr;
    Task<> done();
    Task<> drive() {
        int running = 1, n = 0;
        do {
            curl_multi_perform(multi, &running);

            curl_multi_poll(multi, nullptr, 0, 1000, &n);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'curl_multi_poll' blocks the thread in coroutine 'Client::drive' [coro-blocking-call]

        } while (running);
        co_await done();
    }
};
}  // namespace curl_multi_poll_wait

// Steps through rows of a database file
namespace sqlite_rows {
struct Store {
    sqlite3* db = nullptr;
    sqlite3_stmt* by_user = nullptr;
    Task<> emit(int id);
    Task<> orders(int user) {
        sqlite3_bind_int(by_user, 1, user);

        while (sqlite3_step(by_user) == SQLITE_ROW)
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'sqlite3_step' blocks the thread in coroutine 'Store::orders' [coro-blocking-call]

            co_await emit(sqlite3_column_int(by_user, 0));

        sqlite3_reset(by_user);
    }
    Task<> vacuum() {
        co_await emit(0);

        sqlite3_exec(db, "VACUUM", nullptr, nullptr, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sqlite3_exec' blocks the thread in coroutine 'Store::vacuum' [coro-blocking-call]
    }
};
}  // namespace sqlite_rows

// A synchronous command to the cache
namespace redis_sync {
struct Cache {
    redisContext* redis = nullptr;
    Task<> respond(bool hit);
    Task<> get(std::string key) {
        void* reply = redisCommand(redis, "GET %s", key.c_str());
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'redisCommand' blocks the thread in coroutine 'Cache::get' [coro-blocking-call]

        bool hit = reply != nullptr;
        freeReplyObject(reply);
        co_await respond(hit);
    }
    Task<> open() {
        co_await yield_now();

        redis = redisConnect("127.0.0.1", 6379);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'redisConnect' blocks the thread in coroutine 'Cache::open' [coro-blocking-call]
    }
    Task<> pipelined(std::vector<std::string> keys) {
        for (const std::string& k : keys) redisAppendCommand(redis, "GET %s", k.c_str());
        co_await respond(true);
        void* reply = nullptr;

        redisGetReply(redis, &reply);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'redisGetReply' blocks the thread in coroutine 'Cache::pipelined' [coro-blocking-call]

        freeReplyObject(reply);
    }
};
}  // namespace redis_sync

// Connect, ping and query wait for the server
namespace mysql_sync {
struct Pool {
    MYSQL* my = nullptr;
    Task<> use(bool ok);
    Task<> check() {
        bool ok = mysql_ping(my) == 0;
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'mysql_ping' blocks the thread in coroutine 'Pool::check' [coro-blocking-call]

        co_await use(ok);

        if (!ok) mysql_real_connect(my, "db", "app", "", "shop", 0, nullptr, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'mysql_real_connect' blocks the thread in coroutine 'Pool::check' [coro-blocking-call]
    }
    Task<> purge() {
        co_await use(true);

        if (mysql_query(my, "DELETE FROM sessions WHERE expires < NOW()"))
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'mysql_query' blocks the thread in coroutine 'Pool::purge' [coro-blocking-call]

            co_await use(false);
    }
};
}  // namespace mysql_sync

// Zmq_recv waits unless ZMQ_DONTWAIT is given
namespace zmq_flags {
struct Bus {
    void* sub = nullptr;
    void* pub = nullptr;
    Task<> handle(std::string m);
    Task<> readable();
    Task<> pump() {
        char buf[256];

        int n = zmq_recv(sub, buf, sizeof buf, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'zmq_recv' blocks the thread in coroutine 'Bus::pump' [coro-blocking-call]

        if (n > 0) co_await handle(std::string(buf, static_cast<std::size_t>(n)));
    }
    Task<> pump_ready() {
        char buf[256];
        co_await readable();
        for (int n; (n = zmq_recv(sub, buf, sizeof buf, ZMQ_DONTWAIT)) > 0;)
            co_await handle(std::string(buf, static_cast<std::size_t>(n)));
        zmq_send(pub, "topic", 5, ZMQ_SNDMORE | ZMQ_DONTWAIT);
        zmq_send(pub, "body", 4, ZMQ_DONTWAIT);
    }
};
}  // namespace zmq_flags

// A wrapper's method runs the query, its destructor only closes
namespace raii_connection {
class Connection {
    PGconn* c_;

public:
    explicit Connection(PGconn* c) : c_(c) {}
    ~Connection() { PQfinish(c_); }
    Connection(const Connection&) = delete;
    int scalar(const std::string& sql) {
        PGresult* r = PQexec(c_, sql.c_str());
        int n = std::stoi(PQgetvalue(r, 0, 0));
        PQclear(r);
        return n;
    }
    int socket() const { return PQsocket(c_); }
};
struct Stats {
    std::shared_ptr<Connection> conn;
    Task<> show(int n);
    Task<> total() {
        int n = conn->scalar("SELECT count(*) FROM orders");
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'Connection::scalar' blocks the thread in coroutine 'Stats::total' [coro-blocking-call]

        co_await show(n);
    }
    Task<> descriptor() { co_await show(conn->socket()); }
};
}  // namespace raii_connection

// The guard's destructor sends ROLLBACK, its constructor BEGIN
namespace transaction_scope {
class Transaction {
    PGconn* c_;
    bool done_ = false;
    void run(const char* sql) { PQclear(PQexec(c_, sql)); }

public:
    explicit Transaction(PGconn* c) : c_(c) { run("BEGIN"); }
    ~Transaction() {
        if (!done_) run("ROLLBACK");
    }
    void commit() {
        run("COMMIT");
        done_ = true;
    }
};
struct Orders {
    PGconn* db = nullptr;
    Task<> reserve();
    Task<> place() {
        Transaction t(db);
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the construction of 'transaction_scope::Transaction' blocks the thread in coroutine 'Orders::place' [coro-blocking-call]

        co_await reserve();

        t.commit();
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Transaction::commit' blocks the thread in coroutine 'Orders::place' [coro-blocking-call]
    }
};
}  // namespace transaction_scope

// The accessor connects on first use
namespace lazily_connected {
struct Redis {
    redisContext* c = nullptr;
    redisContext* get() {
        if (!c) c = redisConnect("cache", 6379);
        return c;
    }
};
struct Sessions {
    Redis redis;
    Task<> render();
    Task<> load() {
        redisAppendCommand(redis.get(), "PING");
// CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'Redis::get' blocks the thread in coroutine 'Sessions::load' [coro-blocking-call]

        co_await render();
    }
};
}  // namespace lazily_connected

// The argument of run is evaluated in the coroutine
namespace query_before_pool {
struct Repo {
    PGconn* db = nullptr;
    Task<int> count() {
        PGresult* r = nullptr;

        int n = co_await workers.run([res = PQexec(db, "SELECT 3")] { return PQntuples(res); });
// CHECK-MESSAGES: :[[@LINE-1]]:45: warning: 'PQexec' blocks the thread in coroutine 'Repo::count' [coro-blocking-call]

        PQclear(r);
        co_return n;
    }
};
}  // namespace query_before_pool

// After the switch to the pool the query blocks only a worker
namespace schedule_then_query {
struct Repo {
    PGconn* db = nullptr;
    Task<int> count() {
        co_await workers.schedule();

        PGresult* r = PQexec(db, "SELECT 4");

        int n = PQntuples(r);
        PQclear(r);
        co_return n;
    }
    Task<int> count_early() {
        PGresult* r = PQexec(db, "SELECT 5");
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'PQexec' blocks the thread in coroutine 'Repo::count_early' [coro-blocking-call]

        co_await workers.schedule();
        co_return PQntuples(r);
    }
};
}  // namespace schedule_then_query

// Sqlite3_exec itself waits, the row callback is harmless
namespace callback_row {
struct Names {
    sqlite3* db = nullptr;
    std::vector<std::string> names;
    static int on_row(void* self, int, char** cols, char**) {
        static_cast<Names*>(self)->names.emplace_back(cols[0]);
        return 0;
    }
    Task<> show(std::size_t n);
    Task<> load() {
        sqlite3_exec(db, "SELECT name FROM users", &Names::on_row, this, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sqlite3_exec' blocks the thread in coroutine 'Names::load' [coro-blocking-call]

        co_await show(names.size());
    }
    Task<> remember(std::string n) {
        char* cols[] = {n.data()};
        on_row(this, 1, cols, nullptr);
        co_await show(names.size());
    }
};
}  // namespace callback_row
